namespace Waybill.Server.Specs.Running;

public class Settings_that_are_wrong
{
    /// <summary>Settings as NAME=value, a semicolon between two; and what the sentence must name.</summary>
    public static TheoryData<string, string> Table => new()
    {
        { "Database__Provider=oracle", "Database:Provider is 'oracle'" },
        { "Database__Provider=postgres", "Database:ConnectionString is missing" },
        { "Database__Provider=postgres;Database__ConnectionString=nonsense", "Database:ConnectionString cannot be read" },
        { "Database__Provider=postgres;Database__ConnectionString=Host=127.0.0.1,Port=x", "The database cannot be opened" },
        { "Email__Provider=pigeon", "Email:Provider is 'pigeon'" },
        { "Email__Provider=smtp", "SMTP_HOST is missing" },
        { "Email__Provider=resend", "Email:Resend:ApiKey is missing" },
        { "Email__Provider=resend;Email__Resend__ApiKey=zq7secret key", "Email:Resend:ApiKey holds a blank" },
        { "Email__Provider=resend;Email__Resend__ApiKey=zq7secret;Email__Resend__BaseUrl=http://api.example.com",
            "Email:Resend:BaseUrl cannot be used" },
        { "SMTP_HOST=relay.example.org;Email__Provider=resend", "Email:Resend:ApiKey is missing" },
        { "SMTP_HOST=relay.example.org;Relay__HeloName=a b", "Relay:HeloName must be ASCII" },
        { "Relay__SenderDomains=example.org,not a domain", "Relay:SenderDomains names 'not a domain'" },
        { "SMTP_HOST=0.0.0.0", "SMTP_HOST cannot be used: 0.0.0.0 stands for no host" },
        { "SMTP_HOST=relay.example.org;SMTP_PORT=0", "SMTP_PORT is '0'" },
        { "SMTP_HOST=relay.example.org;SMTP_PORT=65536", "SMTP_PORT is '65536'" },
        { "SMTP_HOST=relay.example.org;SMTP_PORT=smtp", "SMTP_PORT is 'smtp'" },
        { "SMTP_HOST=relay.example.org;SMTP_SECURITY=ssl", "SMTP_SECURITY is 'ssl'" },
        { "SMTP_HOST=relay.example.org;SMTP_USER=me", "SMTP_PASS is missing" },
        { "SMTP_HOST=relay.example.org;SMTP_PASS=zq7secret", "SMTP_USER is missing" },
        { "SMTP_HOST=relay.example.org;SMTP_CA_FILE=/no/such/file", "SMTP_CA_FILE '/no/such/file'" },
        { "SMTP_HOST=relay.example.org;SMTP_CA_FILE=/etc/hostname", "SMTP_CA_FILE '/etc/hostname'" },
        { "SMTP_FROM=nobody", "SMTP_FROM" },
        { "Email__FromEmail=a@b@c", "Email:FromEmail" },
        { "PublicUrl=mail.example.org", "PublicUrl is 'mail.example.org'" },
        { "PublicUrl=ftp://mail.example.org", "PublicUrl is" },
        { "PublicUrl=https://me:zq7secret@mail.example.org", "PublicUrl is" },
        { "PublicUrl=https://mail.example.org/?a=b", "PublicUrl is" },
        { "WAYBILL_API_KEY=zq7secret", "WAYBILL_API_KEY must begin with wb_" },
        { "WAYBILL_API_KEY=wb_short", "WAYBILL_API_KEY must begin with wb_" },
        { "WAYBILL_MASTER_KEY=zq7secret", "WAYBILL_MASTER_KEY cannot be used" },
        { "WAYBILL_OPERATOR_EMAIL=zq7 secret", "WAYBILL_OPERATOR_EMAIL cannot be used" },
        { "WAYBILL_ADMIN_PASSWORD=zq7secret and more", "WAYBILL_OPERATOR_EMAIL is missing" },
        { "WAYBILL_OPERATOR_EMAIL=a@example.org;WAYBILL_ADMIN_PASSWORD=zq7secret", "WAYBILL_ADMIN_PASSWORD must be 10 to 1000 characters" },
        { "WAYBILL_OPERATOR_EMAIL=a@example.org;WAYBILL_ADMIN_PASSWORD=Password123", "WAYBILL_ADMIN_PASSWORD must be" },
        { "Egress__Allow=10.0.0.0/33", "Egress:Allow" },
        { "Egress__Allow=intranet", "Egress:Allow" },
        { "Server__TrustedProxies=10.0.0.1,proxy", "Server:TrustedProxies names 'proxy'" },
        { "Server__MaxConnections=0", "Server:MaxConnections is '0'; it must be a whole number of at least 32 and at most 1000000." },
        { "Server__MaxConnections=-1", "Server:MaxConnections is '-1'" },
        { "Server__MaxConnections=1000000000000", "Server:MaxConnections is '1000000000000'" },
        { "Server__MaxConnections=many", "Server:MaxConnections is 'many'" },
        { "Relay__Sessions=0", "Relay:Sessions is '0'" },
        { "Relay__Sessions=101", "Relay:Sessions is '101'" },
        { "Relay__PerSecond=fast", "Relay:PerSecond is 'fast'" },
        { "Relay__DailyCap=-1", "Relay:DailyCap is '-1'" },
        { "Relay__MonthlyCap=1e3", "Relay:MonthlyCap is '1e3'" },
        { "ASPNETCORE_URLS=nonsense", "'nonsense'" },
        { "ASPNETCORE_URLS=http://127.0.0.1:99999", "'http://127.0.0.1:99999'" },
        { "ASPNETCORE_URLS=http://127.0.0.1:8080/base", "'http://127.0.0.1:8080/base'" },
        { "ASPNETCORE_URLS=http://unix:/tmp/x.sock", "'http://unix:/tmp/x.sock'" },
        { "ASPNETCORE_URLS=https://127.0.0.1:8443", "Kestrel:Certificates:Default:Path is missing" },
        { "ASPNETCORE_URLS=http://0.0.0.0:8080", "PublicUrl is missing" },
        { "ASPNETCORE_URLS=http://*:8080", "PublicUrl is missing" },
        { "ASPNETCORE_URLS=http://[::]:8080", "PublicUrl is missing" },
        { "ASPNETCORE_URLS=http://192.0.2.1:8080;PublicUrl=https://mail.example.org", "ASPNETCORE_URLS" },
        { "Kestrel__Endpoints__Http__Url=http://0.0.0.0:8080", "Kestrel:Endpoints" },
        { "Data__Path=/dev/null/data", "Data:Path is '/dev/null/data'" },
        { "Storage__Provider=tape", "Storage:Provider is 'tape'; it must be local." },
        { "Storage__Local__Path=/dev/null/assets", "Storage:Local:Path is '/dev/null/assets', which cannot be written to" },
        { "Secrets__KeyPath=/dev/null/keys", "Secrets:KeyPath" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Stop_the_start_with_a_sentence_that_names_them(string settings, string named)
    {
        using var program = new Program();

        var run =
            await program.RunAsync(
                settings.Split(';').Select(pair => pair.Split('=', 2))
                    .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Waybill cannot start:\n", run.Complaints, StringComparison.Ordinal);
        Assert.Contains(named, run.Complaints, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Complaints, StringComparison.Ordinal);
        Assert.DoesNotContain("zq7secret", run.Complaints + run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_all_told_at_once()
    {
        using var program = new Program();

        var run = await program.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Database__Provider"] = "oracle",
            ["Relay__Sessions"] = "none",
            ["PublicUrl"] = "here",
        });

        Assert.Equal(1, run.ExitCode);
        Assert.All(
            ["Database:Provider", "Relay:Sessions", "PublicUrl"], name => Assert.Contains(name, run.Complaints, StringComparison.Ordinal));
        Assert.False(Directory.Exists(program.Data));
    }

    [Fact]
    public async Task Are_told_of_a_file_that_cannot_be_read()
    {
        using var program = new Program();
        await File.WriteAllTextAsync(Path.Combine(program.Folder, "appsettings.json"), "{ \"PublicUrl\": ");

        var run = await program.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("appsettings.json", run.Complaints, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Complaints, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Are_told_of_a_master_key_that_is_none(string key)
    {
        using var program = new Program();
        Directory.CreateDirectory(Path.Combine(program.Data, "keys"));
        await File.WriteAllTextAsync(Path.Combine(program.Data, "keys", "master.key"), key);

        var run = await program.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal), "keys", "list");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("openssl rand -base64 32", run.Complaints, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_told_of_a_database_that_is_none()
    {
        using var program = new Program();
        Directory.CreateDirectory(program.Data);
        await File.WriteAllTextAsync(Path.Combine(program.Data, "waybill.db"), new string('x', 8192));

        var run = await program.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not a database", run.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_told_of_a_folder_that_only_others_may_write_to()
    {
        using var program = new Program();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Data__Path"] = "/usr/share" };
        string[] asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups", Program.Executable];

        var run = Environment.IsPrivilegedProcess
            ? await program.RunByAsync("setpriv", asNobody, settings)
            : await program.RunAsync(settings);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Data:Path is '/usr/share', which cannot be written to", run.Complaints, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("rendr", "01928374-6574-7392-8192-837465748392")]
    [InlineData("serve", "now")]
    public async Task Or_a_verb_that_is_none_starts_no_server(params string[] words)
    {
        using var program = new Program();

        var run = await program.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal), words);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not a verb of waybill; waybill --help lists them.", run.Complaints, StringComparison.Ordinal);
    }
}
