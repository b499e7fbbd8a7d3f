namespace Waybill.Server.Specs.Pages;

/// <summary>The headers that every page of ours has.</summary>
internal static class Headers
{
    public static void ShouldBeHardened(HttpResponseMessage answer)
    {
        Assert.Equal(
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
                + "form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'",
            Of(answer, "Content-Security-Policy"));
        ShouldBeKeptToItself(answer);
    }

    /// <summary>What the preview has too, whose policy is another.</summary>
    public static void ShouldBeKeptToItself(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", Of(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Of(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Of(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("no-store, no-cache", Of(answer, "Cache-Control"));
    }

    public static string Of(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();
}
