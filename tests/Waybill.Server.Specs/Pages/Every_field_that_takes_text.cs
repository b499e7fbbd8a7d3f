using System.Net;
using Waybill.Server.Specs.Accounts;

namespace Waybill.Server.Specs.Pages;

/// <summary>Goes through all pages, writes what nobody expects into every field of every form, and looks at all pages once more.</summary>
public sealed class Every_field_that_takes_text(What_pages_offer.Crowd crowd) : IClassFixture<What_pages_offer.Crowd>
{
    const string Scripted = "\"><img src=x onerror=alert(1)><script>alert(1)</script>";

    /// <summary>Characters: an address of 8 KiB is refused (414) before anybody reads it.</summary>
    const int LongestInAddress = 200;

    static readonly HttpStatusCode[] Answers = [HttpStatusCode.OK, HttpStatusCode.SeeOther, HttpStatusCode.Redirect,
        HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity];

    [Fact]
    public async Task Takes_it_or_says_what_is_wrong_and_keeps_what_was_typed()
    {
        using var owner = await OperatorClient.EnterAsync(crowd.Accounts.Server);
        List<string> misdeeds = [];
        foreach (var text in (string[])[new string('é', 9_999) + "x", "\u202Eعربى 👩‍🚀 naïve 漢字", Scripted])
        {
            foreach (var form in await FormsAsync(owner))
                if (await MisdeedAsync(owner, form, text) is { } misdeed) misdeeds.Add(misdeed);
        }

        Assert.True(misdeeds.Count == 0, string.Join("\n", misdeeds));
        foreach (var page in crowd.Pages) await LookAsync(owner, page.Path);
    }

    /// <summary>A form each; what is on many pages is sent once.</summary>
    async Task<IReadOnlyList<PageForm>> FormsAsync(OperatorClient owner)
    {
        List<PageForm> forms = [];
        foreach (var page in crowd.Pages.DistinctBy(page => page.Route))
        {
            using var answer = await owner.Http.GetAsync(new Uri(page.Path, UriKind.Relative));
            if (answer.Content.Headers.ContentType?.MediaType == "text/html")
                forms.AddRange(PageForms.In(await answer.Content.ReadAsStringAsync()));
        }

        return [.. forms.Where(form => form.Fields.Any(field => field.IsText)).DistinctBy(form => form.Method + form.Action)];
    }

    static async Task<string?> MisdeedAsync(OperatorClient owner, PageForm form, string text)
    {
        if (form.Method == "get") text = text[..Math.Min(text.Length, LongestInAddress)];
        using var fields =
            new FormUrlEncodedContent(form.Fields.Select(field => KeyValuePair.Create(field.Name, field.IsText ? text : field.Value)));
        using var request = form.Method == "post"
            ? new HttpRequestMessage(HttpMethod.Post, form.Action) { Content = fields }
            : new HttpRequestMessage(HttpMethod.Get, $"{form.Action}?{await fields.ReadAsStringAsync()}");
        using var answer = await owner.Http.SendAsync(request);
        var page = await owner.ReadAsync(answer);
        if (!Answers.Contains(answer.StatusCode))
            return $"{form.Method} {form.Action}: {(int)answer.StatusCode} {page[..Math.Min(page.Length, 200)]}";
        if (!form.Fields.Any(field => field is { IsText: true, IsCode: false })) return null;
        return answer.StatusCode == HttpStatusCode.UnprocessableEntity && !page.Contains(text, StringComparison.Ordinal)
            ? $"{form.Method} {form.Action}: lost what was typed"
            : null;
    }

    static async Task LookAsync(OperatorClient owner, string path)
    {
        using var answer = await owner.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(
            answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity
                or HttpStatusCode.Redirect, $"{path}: {answer.StatusCode}");
        var html = answer.Content.Headers.ContentType?.MediaType == "text/html" ? await answer.Content.ReadAsStringAsync() : "";
        if (html.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal)) HarmlessPage.ShouldBeHarmless(html);
    }
}
