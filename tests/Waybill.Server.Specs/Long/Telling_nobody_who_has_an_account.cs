using System.Diagnostics;
using System.Globalization;
using System.Net;
using Waybill.Testing;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Long;

/// <summary>
/// <c>./test --long signin</c>: how long the server takes over an address that has an account, and over one that has none, in
/// no order. Each request comes from an address of its own, as a guesser's would who does not want to be told to wait.
/// </summary>
[Trait("Category", "Long")]
[Trait("Long", "signin")]
public sealed class Telling_nobody_who_has_an_account
{
    const int Rounds = 300;
    const int WarmUp = 20;
    const double Most = 0.05;

    /// <summary>As long as the owner's.</summary>
    const string Unknown = "nobdy@example.org";

    public static TheoryData<string, string> Questions =>
        new() { { "sqlite", "sign-in" }, { "sqlite", "reset" }, { "postgres", "sign-in" }, { "postgres", "reset" } };

    int asked;

    [Theory, MemberData(nameof(Questions))]
    public async Task Takes_as_long_either_way(string database, string question)
    {
        await using var server = await ServerProcess.StartAsync(await SettingsAsync(database));
        using var stranger = OperatorClient.Stranger(server);
        await stranger.GetAsync("/admin/" + question);
        var (known, unknown) = (new List<double>(), new List<double>());
        foreach (var isKnown in Order(WarmUp)) await AskAsync(stranger, question, isKnown);

        foreach (var isKnown in Order(Rounds)) (isKnown ? known : unknown).Add(await AskAsync(stranger, question, isKnown));

        var (with, without) = (Median(known), Median(unknown));
        var apart = Math.Abs(with - without) / Math.Min(with, without);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{question} on {database}: {with:0.00} ms with an account, {without:0.00} ms without (medians of {Rounds}), {apart:0.0%} apart"));
        Assert.InRange(apart, 0, Most);
    }

    /// <summary>So many of each, shuffled: what the server still does about one of them falls on either alike.</summary>
    static bool[] Order(int each)
    {
        bool[] order = [.. Enumerable.Repeat(true, each), .. Enumerable.Repeat(false, each)];
        new Random(4).Shuffle(order);
        return order;
    }

    async Task<double> AskAsync(OperatorClient stranger, string question, bool isKnown)
    {
        var n = ++asked;
        stranger.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        stranger.Http.DefaultRequestHeaders.Add(
            "X-Forwarded-For", FormattableString.Invariant($"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"));
        var began = Stopwatch.GetTimestamp();
        using var answer = await stranger.PostAsync(
            "/admin/" + question, new() { ["email"] = isKnown ? ServerProcess.OwnerEmail : Unknown, ["password"] = "not the right one" });
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        Assert.Equal(question == "reset" ? HttpStatusCode.SeeOther : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return took;
    }

    static double Median(List<double> times)
    {
        times.Sort();
        return (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    }

    static async Task<Dictionary<string, string>> SettingsAsync(string database)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Server__TrustedProxies"] = "127.0.0.1" };
        if (database == "sqlite") return settings;
        settings["Database__Provider"] = "postgres";
        settings["Database__ConnectionString"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        return settings;
    }
}
