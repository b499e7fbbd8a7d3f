using System.Text.Json;
using Waybill.Engine.Secrets;
using Xunit;

namespace Waybill.Engine.Specs.Secrets;

public class Masking_values
{
    [Theory]
    [InlineData("link", """{"link":"https://x/1","name":"Ann"}""", """{"link":"••••","name":"Ann"}""")]
    [InlineData("licence.key", """{"licence":{"key":"K","seats":2}}""", """{"licence":{"key":"••••","seats":2}}""")]
    [InlineData("keys[]", """{"keys":["a","b"]}""", """{"keys":["••••","••••"]}""")]
    [InlineData("items[].key", """{"items":[{"key":"a","n":1},{"n":2}]}""", """{"items":[{"key":"••••","n":1},{"n":2}]}""")]
    [InlineData("items.code", """{"items":[{"code":"a"},{"code":"b"}]}""", """{"items":[{"code":"••••"},{"code":"••••"}]}""")]
    [InlineData("a", """[{"a":1},{"a":2}]""", """[{"a":"••••"},{"a":"••••"}]""")]
    [InlineData("code", """{"code":123456}""", """{"code":"••••"}""")]
    [InlineData("box", """{"box":{"a":1}}""", """{"box":"••••"}""")]
    public void Puts_dots_where_the_secret_was(string path, string values, string masked)
    {
        var (shown, hasSecrets) = Masked.Mask(JsonDocument.Parse(values).RootElement, [path]);

        Assert.True(hasSecrets);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(masked).RootElement, shown), shown.GetRawText());
    }

    [Theory]
    [InlineData("link", """{"name":"Ann"}""")]
    [InlineData("a.b", """{"a":"text"}""")]
    [InlineData("a[].b", """{"a":[1,"x",null]}""")]
    [InlineData("a", """{"a":null}""")]
    [InlineData("a", """[1,2]""")]
    public void Leaves_values_without_it_alone(string path, string values)
    {
        var (shown, hasSecrets) = Masked.Mask(JsonDocument.Parse(values).RootElement, [path]);

        Assert.False(hasSecrets);
        Assert.Equal(values, shown.GetRawText());
    }
}
