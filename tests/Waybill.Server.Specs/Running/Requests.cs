namespace Waybill.Server.Specs.Running;

/// <summary>Requests as strangers may make them.</summary>
internal static class Requests
{
    /// <summary>A GET with these headers as they stand.</summary>
    public static HttpRequestMessage Get(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return request;
    }

    /// <summary>The body of the answer, whatever its status.</summary>
    public static async Task<string> ReadAsync(this HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        using var request = Get(path, headers);
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
