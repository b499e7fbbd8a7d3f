using System.Text;
using System.Text.Json;
using Waybill.Server.Bodies;

namespace Waybill.Server.Specs.Bodies;

public class Buffers_of_node
{
    [Fact]
    public void Become_the_same_octets_in_base64()
    {
        var random = new Random(7);
        for (var length = 0; length < 400; length++)
        {
            var octets = new byte[length];
            random.NextBytes(octets);
            var between = random.Next(3) == 0 ? " ,\n" : ",";
            var json = Encoding.ASCII.GetBytes($"[{string.Join(between, octets)}]");

            Assert.True(NodeBuffer.TryFold(json));

            using var folded = JsonDocument.Parse(json);
            if (json.Length >= 64) Assert.Equal(octets, folded.RootElement.GetBytesFromBase64());
            else Assert.Equal(octets, folded.RootElement.EnumerateArray().Select(one => one.GetByte()));
        }
    }

    [Theory]
    [InlineData("256")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e1")]
    [InlineData("007")]
    [InlineData("null")]
    [InlineData("\"]\"")]
    [InlineData("[1]")]
    [InlineData("")]
    public void Are_none_when_one_number_is_no_octet(string odd)
    {
        var many = string.Join(',', Enumerable.Repeat("12", 50));

        Assert.False(NodeBuffer.TryFold(Encoding.ASCII.GetBytes($"[{many},{odd}]")));
        if (odd.Length > 0) Assert.False(NodeBuffer.TryFold(Encoding.ASCII.GetBytes($"[{odd},{many}]")));
    }
}
