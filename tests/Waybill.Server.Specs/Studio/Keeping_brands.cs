using System.Net;
using System.Net.Http.Headers;
using Waybill.Testing;

namespace Waybill.Server.Specs.Studio;

/// <summary>The form of a brand, without a browser.</summary>
public sealed class Keeping_brands(SharedServer shared)
{
    [Theory]
    [InlineData("name", "")]
    [InlineData("alias", "A B")]
    [InlineData("colour", "url(javascript:alert(1))")]
    [InlineData("sender_address", "nobody")]
    [InlineData("support_url", "javascript:alert(1)")]
    [InlineData("locale", "Swiss")]
    [InlineData("relay", "01928374-6574-7392-8192-837465748392")]
    public async Task Says_beside_the_field_what_is_wrong_and_loses_nothing(string field, string value)
    {
        using var door = await EnterAsync();
        var form = Form("Court Side");
        form[field] = value;
        await door.GetAsync("/admin/t/default/brands/new");

        using var refused = await door.PostAsync("/admin/t/default/brands/new", form);
        var page = await door.ReadAsync(refused);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains($"id=\"f-{field}-fault\"", page, StringComparison.Ordinal);
        Assert.Contains("Main Street 1", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_second_of_two_and_overwrites_nothing()
    {
        using var door = await EnterAsync();
        var path = await MakeAsync(door);
        (await door.PostAsync(path, Form("Theirs", "1"))).Dispose();

        using var second = await door.PostAsync(path, Form("Mine", "1"));
        var page = await door.ReadAsync(second);

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("- name: Theirs", page, StringComparison.Ordinal);
        Assert.Contains("+ name: Mine", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Mine\"", page, StringComparison.Ordinal);
        Assert.Contains("Theirs", (await door.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_a_logo_that_then_stands_in_its_mails_and_refuses_what_is_none()
    {
        using var door = await EnterAsync();
        var path = await MakeAsync(door);
        var logo = await File.ReadAllBytesAsync(Repository.PathOf("tests/Fixtures/Images/logo.png"));

        using var refused = await PostLogoAsync(door, path, "<svg/>"u8.ToArray());
        using var tooLarge = await PostLogoAsync(door, path, new byte[300 << 10]);
        using var taken = await PostLogoAsync(door, path, logo);
        var mail = await door.GetAsync(path + "/mail");

        Assert.Contains("neither a PNG nor a JPEG", await door.ReadAsync(refused), StringComparison.Ordinal);
        Assert.Contains("a logo may have 256 KiB", await door.ReadAsync(tooLarge), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        Assert.Contains("data:image/png;base64," + Convert.ToBase64String(logo)[..40], mail.Text, StringComparison.Ordinal);
    }

    async Task<OperatorClient> EnterAsync() => await OperatorClient.EnterAsync(await shared.ServerAsync());

    static async Task<string> MakeAsync(OperatorClient door)
    {
        await door.GetAsync("/admin/t/default/brands/new");
        using var made = await door.PostAsync("/admin/t/default/brands/new", Form("Court Side"));
        await door.GetAsync(made.Headers.Location!.ToString());
        return made.Headers.Location.ToString();
    }

    static async Task<HttpResponseMessage> PostLogoAsync(OperatorClient door, string path, byte[] image)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in Form("Court Side", "1").Append(KeyValuePair.Create("__RequestVerificationToken", door.FormToken)))
            form.Add(new StringContent(value), name);
        var file = new ByteArrayContent(image);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(file, "logo", "logo.png");
        return await door.Http.PostAsync(new Uri(path, UriKind.Relative), form);
    }

    static Dictionary<string, string> Form(string name, string version = "") => new()
    {
        ["name"] = name,
        ["alias"] = "b" + Guid.CreateVersion7().ToString("N"),
        ["colour"] = "#1f6f4a",
        ["footer"] = "Main Street 1",
        ["locale"] = "en",
        ["relay"] = "",
        ["version"] = version,
    };
}
