using System.Text.Json;

namespace Waybill.Server.Specs.Relays;

public class Settings_of_a_relay_that_are_wrong(SharedServer shared)
{
    public static TheoryData<string, string, string> Table => new()
    {
        { "[]", "validation_error", "JSON object" },
        { """{"kind":"smtp","host":"mx"}""", "missing_required_field", "`name`" },
        { """{"name":" ","kind":"smtp","host":"mx"}""", "validation_error", "`name`" },
        { """{"name":"a\nb","kind":"smtp","host":"mx"}""", "validation_error", "`name`" },
        { """{"name":"x","host":"mx"}""", "missing_required_field", "`kind`" },
        { """{"name":"x","kind":"pigeon"}""", "validation_error", "smtp or resend" },
        { """{"name":"x","kind":7}""", "validation_error", "`kind`" },
        { """{"name":"x","kind":"smtp"}""", "missing_required_field", "`host`" },
        { """{"name":"x","kind":"smtp","host":"a b"}""", "validation_error", "`host`" },
        { """{"name":"x","kind":"smtp","host":"mx\r\nRCPT TO:<a@b>"}""", "validation_error", "`host`" },
        { """{"name":"x","kind":"smtp","host":"mx:25"}""", "validation_error", "`host`" },
        { """{"name":"x","kind":"smtp","host":""}""", "validation_error", "`host`" },
        { """{"name":"x","kind":"smtp","host":"mx","port":0}""", "validation_error", "`port`" },
        { """{"name":"x","kind":"smtp","host":"mx","port":65536}""", "validation_error", "`port`" },
        { """{"name":"x","kind":"smtp","host":"mx","port":"587"}""", "validation_error", "`port`" },
        { """{"name":"x","kind":"smtp","host":"mx","port":25.5}""", "validation_error", "`port`" },
        { """{"name":"x","kind":"smtp","host":"mx","security":"ssl"}""", "validation_error", "starttls, tls or none" },
        { """{"name":"x","kind":"smtp","host":"mx","user":"u"}""", "missing_required_field", "`password`" },
        { """{"name":"x","kind":"smtp","host":"mx","password":"zq7secret"}""", "validation_error", "`user` field is missing" },
        { """{"name":"x","kind":"smtp","host":"mx","user":"u","password":"zq7\u0000secret"}""", "validation_error", "control characters" },
        { """{"name":"x","kind":"smtp","host":"10.1.2.3","security":"none","user":"u","password":"zq7secret"}""", "validation_error",
            "sent in clear" },
        { """{"name":"x","kind":"smtp","host":"mx","helo":"a b"}""", "validation_error", "`helo`" },
        { """{"name":"x","kind":"smtp","host":"mx","ca_certificates":"nonsense"}""", "validation_error", "PEM" },
        { """{"name":"x","kind":"smtp","host":"mx","api_key":"re_zq7secret"}""", "validation_error", "`api_key`" },
        { """{"name":"x","kind":"smtp","host":"mx","from":"nobody"}""", "validation_error", "`from`" },
        { """{"name":"x","kind":"smtp","host":"mx","sender_domains":["not a domain"]}""", "validation_error", "`sender_domains`" },
        { """{"name":"x","kind":"smtp","host":"mx","sessions":0}""", "validation_error", "`sessions`" },
        { """{"name":"x","kind":"smtp","host":"mx","sessions":101}""", "validation_error", "`sessions`" },
        { """{"name":"x","kind":"smtp","host":"mx","daily_cap":0}""", "validation_error", "`daily_cap`" },
        { """{"name":"x","kind":"smtp","host":"mx","monthly_cap":1e12}""", "validation_error", "`monthly_cap`" },
        { """{"name":"x","kind":"smtp","host":"mx","per_second":0}""", "validation_error", "`per_second`" },
        { """{"name":"x","kind":"resend"}""", "missing_required_field", "`api_key`" },
        { """{"name":"x","kind":"resend","api_key":"a b"}""", "validation_error", "`api_key`" },
        { """{"name":"x","kind":"resend","api_key":"zq7secret","base_url":"ftp://x"}""", "validation_error", "`base_url`" },
        { """{"name":"x","kind":"resend","api_key":"zq7secret","base_url":"http://api.example.com"}""", "validation_error", "in clear" },
        { """{"name":"x","kind":"resend","api_key":"zq7secret","base_url":"https://a:b@api.example.com"}""", "validation_error",
            "password" },
        { """{"name":"x","kind":"resend","api_key":"zq7secret","host":"mx"}""", "validation_error", "`host`" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Are_refused_and_named(string json, string code, string named)
    {
        var answer = await (await shared.ServerAsync()).RelaysAsync(HttpMethod.Post, body: JsonSerializer.Deserialize<JsonElement>(json));

        answer.ShouldBe(422, code, named);
        Assert.DoesNotContain("zq7secret", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("::1")]
    public async Task Do_not_count_a_password_in_clear_to_this_machine(string host)
    {
        var server = await shared.ServerAsync();

        var made = await server.RelaysAsync(
            HttpMethod.Post, body: new { name = "clear " + host, kind = "smtp", host, security = "none", user = "u", password = "p" });

        Assert.Equal(201, made.Status);
    }
}
