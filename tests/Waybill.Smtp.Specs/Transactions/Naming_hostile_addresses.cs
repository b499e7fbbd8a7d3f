using System.Text;
using Waybill.Mime.Addresses;
using Waybill.Smtp.Transactions;
using Waybill.Testing.Smtp;

namespace Waybill.Smtp.Specs.Transactions;

/// <summary>Whatever text becomes an address, it stays one argument of one command.</summary>
public class Naming_hostile_addresses
{
    static readonly string[] Bits =
    [
        "a", "ada", "@", "example.org", "\r\n", "\n", "\r", "\0", " ", ">", "<", "\"", "\\", ".", "DATA", "SIZE=1", "\t",
        "RCPT TO:<eve@evil.example>", "\u007f", "\u0085", "\u2028", "ü", "[127.0.0.1]", ",", ";", ":", "%0d%0a", "=", "-", "\ud83d", "😀",
    ];

    [Fact]
    public void No_text_makes_two_lines_or_two_arguments()
    {
        var random = new Random(20261121);
        var addresses = Enumerable.Range(0, 200_000).Select(_ => Hostile(random)).Append("\"a b\\\"c\"@example.org")
            .Select(text => Address.TryParse(text, out var address, out _) ? address : null).OfType<Address>().ToList();

        Assert.True(addresses.Count > 1000, "The generator must find addresses that are ones.");
        Assert.All(addresses, address => AssertOneArgument(Command.Rcpt(address, 0).Line, "RCPT TO:<", ">"));
        Assert.All(addresses, address => AssertOneArgument(Command.Mail(address, 12, true).Line, "MAIL FROM:<", "> SIZE=12 SMTPUTF8"));
    }

    [Theory]
    [EachDelivery("QUIT\r\nDATA")]
    [EachDelivery("QUIT\nDATA")]
    [EachDelivery("QUIT\0")]
    [EachDelivery("QUIT\u007f")]
    public async Task No_command_with_a_control_character_reaches_the_wire(Delivery delivery, string command)
    {
        var (near, far) = DuplexStream.Pair(delivery);
        await using var wire = new Wires.Wire(new Wires.Connection(near, null, true), TimeProvider.System);

        Assert.Throws<ArgumentException>(() => wire.Queue(command));
        Assert.Equal(0, wire.Waiting);
        await far.DisposeAsync();
    }

    [Theory]
    [InlineData("post.example\r\nMAIL FROM:<eve@evil.example>")]
    [InlineData("post example")]
    [InlineData("")]
    public void An_ehlo_name_that_is_none_is_a_mistake(string name) => Assert.Throws<ArgumentException>(() =>
        new SessionPool(new RelayEndpoint { Host = "mx.example", HeloName = name }, new SessionPoolLimits(), TimeProvider.System));

    static string Hostile(Random random)
    {
        var text = new StringBuilder();
        for (var bits = random.Next(1, 6); bits > 0; bits--) text.Append(Bits[random.Next(Bits.Length)]);
        return random.Next(3) switch
        {
            0 => $"{text}@example.org",
            1 => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"@example.org",
            _ => text.ToString(),
        };
    }

    // Between the brackets: no control character, and no space or bracket outside quotes.
    static void AssertOneArgument(string line, string before, string after)
    {
        Assert.StartsWith(before, line, StringComparison.Ordinal);
        Assert.EndsWith(after, line, StringComparison.Ordinal);
        var path = line[before.Length..^after.Length];
        Assert.DoesNotContain(path, char.IsControl);
        Assert.DoesNotContain(WithoutQuoted(path), letter => letter is ' ' or '<' or '>');
    }

    static string WithoutQuoted(string path)
    {
        var (text, isQuoted) = (new StringBuilder(), false);
        for (var at = 0; at < path.Length; at++)
        {
            if (path[at] == '"') isQuoted = !isQuoted;
            else if (isQuoted && path[at] == '\\') at++;
            else if (!isQuoted) text.Append(path[at]);
        }
        return text.ToString();
    }
}
