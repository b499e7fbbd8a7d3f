using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace Waybill.Server.Specs.Access;

/// <summary>
/// The matrix of every route, every role, every scope, and two tenants that have one of each thing: made from the server's own table of
/// routes and from one table of who may do what. Whoever is refused asks with ids of real things, and after that nothing of theirs is
/// another.
/// </summary>
public sealed class Who_may_do_what(Cast cast) : IClassFixture<Cast>
{
    [Fact]
    public void Is_said_of_every_route() =>
        Assert.Equal(EveryRoute.All, WhoMay.Lines.Select(line => line.Route).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Is_refused_to_all_others_and_nothing_is_changed_by_asking() => await LeavingAllAsItIsAsync(
        from who in cast.All
        from line in WhoMay.Lines
        where IsWorthAsking(line, who) && WhoMay.Refusal(line, who) is not null
        select new Question(who, line, cast.First.Fill(line.Template) + AsFirst(line, who), WhoMay.Refusal(line, who)!.Value));

    /// <summary>Or the comparison of rows would say nothing.</summary>
    [Fact]
    public async Task Changes_the_rows_once_it_is_done()
    {
        var before = Rows.Of(cast.Server.DataFolder, cast.First.Stringer);
        await cast.First.RenameClientAsync("Ada");
        var after = Rows.Of(cast.Server.DataFolder, cast.First.Stringer);

        Assert.Equal(["racketbook_clients"], before.Keys.Where(table => before[table] != after[table]));
        foreach (var table in (string[])["messages", "recipients", "template_versions", "brand_versions", "relays", "routes", "events",
            "suppressions", "api_keys", "memberships", "people", "links"])
            Assert.Contains(table, before.Keys);
    }

    [Fact]
    public async Task Of_one_tenant_is_nothing_in_another() => await LeavingAllAsItIsAsync(
        from who in cast.Of(Place.Second)
        from line in WhoMay.Lines
        where line.IsOfOneThing && line.Kind == "tenant" && who.IsSignedIn
        select new Question(
            who, line, cast.First.Fill(line.Template).Replace("/t/alpha/", "/t/beta/", StringComparison.Ordinal), line.Foreign));

    [Fact]
    public async Task In_the_book_of_another_is_for_admins_alone() => await LeavingAllAsItIsAsync(
        from pair in new[] { (At: Place.First, Book: cast.Second), (At: Place.Second, Book: cast.First) }
        from who in cast.Of(pair.At)
        from line in WhoMay.Lines
        where line.Kind == (who.IsKey ? "book" : line.Kind) && line.IsOfBook && line.Least != "own" && !who.IsBookAdmin
        let refusal = who.IsKey && !who.IsRevoked && !who.Has(Engine.Keys.Scope.Books) ? 401 : 403
        select new Question(who, line, Joined(pair.Book.Fill(line.Template), "as_stringer=" + pair.Book.Stringer), refusal));

    /// <summary>
    /// Lists, parts of pages, exports: what names no thing shows none of another's. What a tenant asked for itself is in its own records.
    /// </summary>
    [Fact]
    public async Task Shows_nothing_of_one_tenant_to_another()
    {
        var leaks = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            from who in cast.Of(Place.Second)
            from line in WhoMay.Lines
            where !line.Template.EndsWith("/logs", StringComparison.Ordinal) && !line.Template.EndsWith("/audit", StringComparison.Ordinal)
            where line is { IsSafe: true, IsOfOneThing: false, Kind: "key" or "tenant" or "signed-in" or "book" or "page" }
                && who.IsSignedIn == line.IsForSessions
            select (Who: who, Path: cast.Second.Fill(line.Template)),
            async (question, _) =>
            {
                var shown = await cast.ReadAsync(question.Who, question.Path);
                foreach (var id in cast.First.Ids.Where(id => shown.Contains(id, StringComparison.Ordinal)))
                    leaks.Add($"{question.Who}: {question.Path} shows {id}");
            });

        Assert.True(leaks.IsEmpty, string.Join("\n", leaks));
        var own = await cast.ReadAsync(cast.Of(Place.Second).First(who => who.IsKey), "/emails");
        Assert.Contains(cast.Second.Ids, id => own.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_seen_by_those_who_may() => await ShouldBeAsync(
        from who in cast.All
        from line in WhoMay.Lines
        where line.IsSafe && line.Kind is not "link" && IsWorthAsking(line, who) && WhoMay.Refusal(line, who) is null
            && (who.Place == Place.First || !line.IsOfOneThing || who.IsBookAdmin || who.InInstance is not null)
        select new Question(who, line, cast.First.Fill(line.Template) + AsFirst(line, who), Status: null));

    /// <summary>Things that are not there, forms without a token, and empty bodies: who may is told so, and nothing is done.</summary>
    [Fact]
    public async Task Is_done_by_those_who_may() => await ShouldBeAsync(
        from who in cast.All
        from line in WhoMay.Lines
        where !line.IsSafe && line.Kind is not "link" && IsWorthAsking(line, who) && WhoMay.Refusal(line, who) is null
        select new Question(
            who, line, cast.First.Fill(line.Template, isOfNothing: true) + AsFirst(line, who),
            line.Kind is "book" or "page" or "key" or "operator-key" or "instance-key" ? null : 400, HasProof: line.IsOfBook));

    [Fact]
    public async Task Is_nothing_by_a_form_of_a_book_without_its_token() => await LeavingAllAsItIsAsync(
        from who in cast.All
        from line in WhoMay.Lines
        where !line.IsSafe && line.IsOfBook && who.IsSignedIn
        select new Question(
            who, line, cast.First.Fill(line.Template) + AsFirst(line, who), line.Kind == "page" ? 400 : 403, HasProof: false));

    [Fact]
    public async Task By_a_link_is_for_who_has_it() => await LeavingAllAsItIsAsync(
        from who in cast.All
        from line in WhoMay.Lines
        where line.Kind == "link"
        select new Question(
            who, line, cast.First.Fill(line.Template),
            line.Template.StartsWith("/admin", StringComparison.Ordinal) && !line.IsSafe ? 400 : 404, HasProof: false));

    /// <summary>Keys on pages and people on the API of keys are all alike strangers there: one of each will do.</summary>
    static bool IsWorthAsking(Line line, Somebody who) => line.Kind != "link"
        && (!who.IsKey || line.Kind is "key" or "operator-key" or "instance-key" or "book" or "machine" || who.Name == "full key of alpha")
        && (!who.IsSignedIn || line.IsForSessions || who.Name == "owner of the instance");

    /// <summary>Who administers the book of all, and who belongs to no shop, names whose book it is about.</summary>
    string AsFirst(Line line, Somebody who) => line.IsOfBook && line.Least is not ("admin" or "own") && who.Place == Place.Elsewhere
        ? (line.Template.EndsWith("/compare", StringComparison.Ordinal) ? "&" : "?") + "as_stringer=" + cast.First.Stringer : "";

    static string Joined(string path, string query) => path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;

    async Task LeavingAllAsItIsAsync(IEnumerable<Question> questions)
    {
        Dictionary<string, string>[] Now() =>
            [Rows.Of(cast.Server.DataFolder, cast.First.Stringer), Rows.Of(cast.Server.DataFolder, cast.Second.Stringer),
                Rows.Of(cast.Server.DataFolder, Guid.Empty.ToString())];
        var before = Now();

        await ShouldBeAsync(questions);

        Assert.Equal(before, Now());
    }

    async Task ShouldBeAsync(IEnumerable<Question> questions)
    {
        var (asked, wrong) = (0, new ConcurrentBag<string>());
        await Parallel.ForEachAsync(questions, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (question, _) =>
        {
            var (who, line, path, status, hasProof) = question;
            var answer =
                await cast.AskAsync(
                    who, line.Method, path,
                    line.Kind is "page" or "tenant" or "tenant-instance" or "instance" or "signed-in" or "everybody" or "link", hasProof,
                    isHarmless: status is null);
            Interlocked.Increment(ref asked);
            if (!(status is { } expected ? (int)answer == expected : IsLetIn(line, answer)))
                wrong.Add(
                    $"{who}: {line.Method} {path} is {(int)answer}, not {status?.ToString(CultureInfo.InvariantCulture) ?? "let in"}");
        });

        Assert.True(wrong.IsEmpty, string.Join("\n", wrong.Order(StringComparer.Ordinal)));
        Assert.NotEqual(0, asked);
    }

    static bool IsLetIn(Line line, HttpStatusCode answer) =>
        line.IsSafe && line.Kind != "everybody"
            ? (int)answer < 400
            : answer is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError);

    /// <summary>Somebody asks for a path of a route; without a status they are to be let in.</summary>
    sealed record Question(Somebody Who, Line Line, string Path, int? Status, bool HasProof = true);
}
