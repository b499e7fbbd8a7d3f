using System.Globalization;
using System.Net;
using Waybill.Books;
using Waybill.Engine.Accounts;
using Waybill.Engine.Fetching;
using Waybill.Engine.Keys;
using Waybill.Engine.Relays;
using Waybill.Engine.Secrets;
using Waybill.Mime.Addresses;
using Waybill.Server.Api.Rates;
using Waybill.Server.Connections;

namespace Waybill.Server.Configuration;

/// <summary>Reads the settings; each wrong one becomes a sentence that names it and says how to mend it.</summary>
internal sealed class SettingsReader(IConfiguration configuration, IReadOnlyList<Book> box)
{
    const int MostRequests = 1_000_000;

    readonly List<string> problems = [];

    /// <summary>The settings, or all that is wrong with them.</summary>
    public static (Settings? Settings, IReadOnlyList<string> Problems) Read(IConfiguration configuration, IReadOnlyList<Book> books)
    {
        var reader = new SettingsReader(configuration, books);
        var settings = reader.Read();
        return reader.problems.Count == 0 ? (settings, []) : (null, reader.problems);
    }

    Settings Read()
    {
        var data = Path.GetFullPath(Text("Data:Path") ?? "data");
        var relays = new RelayReader(configuration, problems);
        var (way, beside) = relays.Read();
        var from = From();
        return new Settings
        {
            DataPath = data,
            BlobsPath = BlobsPath(data),
            PostgresConnection = Postgres(),
            Books = Modules(),
            WayOut = way,
            ResendBeside = beside,
            HeloName = relays.HeloName(),
            SenderDomains = SenderDomains(from),
            Sessions = new() { MaxSessions = Whole("Relay:Sessions", 8, 1, 100) ?? 8 },
            Limits = new RelayLimits
            {
                PerSecond = Rate("Relay:PerSecond"),
                Daily = Whole("Relay:DailyCap", null, 1, int.MaxValue),
                Monthly = Whole("Relay:MonthlyCap", null, 1, int.MaxValue),
            },
            From = from,
            PublicUrl = PublicUrl(),
            ApiKey = ApiKey(),
            OperatorEmail = OperatorEmail(),
            FirstOwner = FirstOwner(),
            MasterKey = MasterKeyText(),
            KeyPath = Path.GetFullPath(Text("Secrets:KeyPath") ?? Path.Combine(data, "keys")),
            Egress = Egress(),
            BodyMemory = (long)(Whole("Server:BodyMemory", 256, 256, 1 << 20) ?? 256) << 20,
            BodyPace = new(
                TimeSpan.FromSeconds(Whole("Server:BodySeconds", 120, 1, 86_400) ?? 120),
                (Whole("Server:BodyRate", 16, 1, 1 << 20) ?? 16) << 10),
            KeyRate = Requests("Limits:KeyPerSecond", 20_000),
            TenantRate = Requests("Limits:TenantPerSecond", 40_000),
            TrustedProxies = Proxies(),
            MaxConnections = MaxConnections(),
        };
    }

    string BlobsPath(string data)
    {
        if (Text("Storage:Provider") is { } provider && provider != "local")
            problems.Add($"Storage:Provider is '{provider}'; it must be local.");
        return Path.GetFullPath(Text("Storage:Local:Path") ?? Path.Combine(data, "assets"));
    }

    string? Postgres()
    {
        switch (Text("Database:Provider") ?? "sqlite")
        {
            case "sqlite":
                return null;
            case "postgres":
                if (Text("Database:ConnectionString") is { } connection) return Connection(connection);
                problems.Add(
                    "Database:ConnectionString is missing; Database:Provider=postgres needs it, e.g. "
                        + "Host=db;Database=waybill;Username=waybill;Password=…");
                return null;
            case var other:
                problems.Add($"Database:Provider is '{other}'; it must be sqlite or postgres.");
                return null;
        }
    }

    string? Connection(string text)
    {
        try
        {
            return new Npgsql.NpgsqlConnectionStringBuilder(text).ToString();
        }
        catch (ArgumentException wrong)
        {
            problems.Add($"Database:ConnectionString cannot be read: {wrong.Message}");
            return null;
        }
    }

    /// <summary>The books that are on, with their settings bound.</summary>
    IReadOnlyList<Book> Modules()
    {
        foreach (var name in Names(configuration) ?? [])
            if (box.All(book => book.Name != name))
                problems.Add($"Modules names '{name}'; there are {string.Join(", ", box.Select(book => book.Name))}.");
        IReadOnlyList<Book> books = [
            .. ChosenOf(configuration, box).Select(book => book.Settings?.Bind(book, configuration, problems) ?? book)];
        problems.AddRange(BookCheck.Find(books, Commands.Verbs.OwnNames, SettingFact.OwnNames));
        return books;
    }

    /// <summary>The books that Modules names: all where it is not set, none where it is empty.</summary>
    public static IReadOnlyList<Book> ChosenOf(IConfiguration configuration, IReadOnlyList<Book> box) =>
        Names(configuration) is { } names ? [.. box.Where(book => names.Contains(book.Name))] : box;

    static string[]? Names(IConfiguration configuration) =>
        configuration["Modules"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    Mailbox From()
    {
        var text = Text("Relay:From") ?? Text("Email:FromEmail") ?? "Waybill <waybill@localhost>";
        if (!Mailbox.TryParse(text, out var mailbox, out var problem))
        {
            problems.Add($"SMTP_FROM (Email:FromEmail) is not an address: {problem}");
            return Mailbox.Parse("waybill@localhost");
        }

        return Text("Email:FromName") is { } name ? new Mailbox(name, mailbox.Address) : mailbox;
    }

    /// <summary>The domains as addresses hold them, in lower case and by punycode.</summary>
    List<string> SenderDomains(Mailbox from)
    {
        var domains = new List<string>();
        foreach (var text in (Text("Relay:SenderDomains") ?? from.Address.Domain).Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Address.TryParse("postmaster@" + text, out var address, out _)) domains.Add(address.Domain);
            else problems.Add($"Relay:SenderDomains names '{text}', which is not a domain.");
        }

        return domains;
    }

    Uri? PublicUrl()
    {
        if (Text("PublicUrl") is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url is { Query: "", Fragment: "", UserInfo: "" }) return url;
        var shown = text.Contains('@', StringComparison.Ordinal) ? "an address with a name or password in it" : $"'{text}'";
        problems.Add($"PublicUrl is {shown}; it must be an address like https://mail.example.org, for every link is built from it.");
        return null;
    }

    string? ApiKey()
    {
        if (Text("ApiKey") is not { } key) return null;
        if (ApiKeySecret.CanServe(key)) return key;
        problems.Add(
            "WAYBILL_API_KEY must begin with wb_ and have at least 16 further characters without blanks; make one with: echo wb_$(openssl "
                + "rand -hex 24)");
        return null;
    }

    string? OperatorEmail()
    {
        if (Text("Operator:Email") is not { } email) return null;
        if (Address.TryParse(email, out _, out var problem)) return email;
        problems.Add($"WAYBILL_OPERATOR_EMAIL cannot be used. {problem}");
        return null;
    }

    /// <summary>Called by the part of the address before the @, until they say otherwise.</summary>
    NewPerson? FirstOwner()
    {
        if (Text("Operator:Password") is not { } password) return null;
        if (Text("Operator:Email") is not { } email)
        {
            problems.Add("WAYBILL_OPERATOR_EMAIL is missing; WAYBILL_ADMIN_PASSWORD needs the address that the first owner signs in with.");
            return null;
        }

        var owner = new NewPerson(email, email.Split('@')[0], Person.Languages[0], password);
        if (owner.Faults().All(fault => fault.Field != "password")) return owner;
        problems.Add(
            "WAYBILL_ADMIN_PASSWORD must be 10 to 1000 characters, and none that everybody tries first; make one with: openssl rand "
                + "-base64 18");
        return null;
    }

    string? MasterKeyText()
    {
        if (Text("Secrets:MasterKey") is not { } text) return null;
        try
        {
            _ = MasterKey.Parse(text);
            return text;
        }
        catch (FormatException wrong)
        {
            problems.Add($"WAYBILL_MASTER_KEY cannot be used. {wrong.Message}");
            return null;
        }
    }

    AllowedNets Egress()
    {
        if (AllowedNets.TryRead(configuration, out var allowed, out var problem)) return allowed;
        problems.Add(problem);
        return AllowedNets.None;
    }

    List<IPAddress> Proxies()
    {
        var proxies = new List<IPAddress>();
        foreach (var text in (Text("Server:TrustedProxies") ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(text, out var address)) proxies.Add(address);
            else problems.Add($"Server:TrustedProxies names '{text}', which is not an IP address.");
        }

        return proxies;
    }

    int? MaxConnections()
    {
        var asked = Whole("Server:MaxConnections", null, ConnectionLimits.Fewest, ConnectionLimits.Most);
        if (ConnectionLimits.ProblemOf(DescriptorLimit.Read(), asked) is { } problem) problems.Add(problem);
        return asked;
    }

    int? Whole(string name, int? standard, int least, int most)
    {
        if (Text(name) is not { } text) return standard;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        problems.Add(
            $"{name} is '{text}'; it must be a whole number of at least {least}{(most == int.MaxValue ? "" : $" and at most {most}")}.");
        return standard;
    }

    Rate? Requests(string name, int standard)
    {
        if (configuration[name]?.Trim() is not { Length: > 0 } text) return new(standard);
        if (text == "none") return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= MostRequests)
            return new(value);
        problems.Add(
            $"{name} is '{text}'; it must be a whole number of requests a second between 1 and {MostRequests}, or none for no limit.");
        return null;
    }

    double? Rate(string name)
    {
        if (Text(name) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value is >= 0.01 and <= 100_000) return value;
        problems.Add($"{name} is '{text}'; it must be a number of messages a second between 0.01 and 100000.");
        return null;
    }

    string? Text(string name) => configuration[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
