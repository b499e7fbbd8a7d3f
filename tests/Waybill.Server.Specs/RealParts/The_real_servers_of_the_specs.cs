using System.Net.Sockets;
using Npgsql;
using Waybill.Testing.Real;

namespace Waybill.Server.Specs.RealParts;

public class The_real_servers_of_the_specs
{
    [Fact]
    public async Task Postgres_answers_gives_each_spec_a_database_of_its_own_and_survives_a_crash()
    {
        await using var postgres = await PostgresServer.StartAsync(durable: true);
        var first = await postgres.CreateDatabaseAsync();
        var second = await postgres.CreateDatabaseAsync();
        await ExecuteAsync(first, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");

        await postgres.RestartImmediatelyAsync();
        NpgsqlConnection.ClearAllPools();

        Assert.Equal(7, await ExecuteAsync(first, "SELECT id FROM kept"));
        Assert.Equal(false, await ExecuteAsync(second, "SELECT EXISTS (SELECT FROM pg_tables WHERE tablename = 'kept')"));
        Assert.Equal("on", await ExecuteAsync(second, "SHOW fsync"));
    }

    [Fact]
    public async Task Postfix_greets_on_its_port_and_is_gone_when_disposed_of()
    {
        var postfix = await PostfixServer.StartAsync();

        Assert.StartsWith("220 mail.test", await GreetingAsync(postfix.Port), StringComparison.Ordinal);
        Assert.True(File.Exists(postfix.CaFile));

        await postfix.DisposeAsync();
        await Assert.ThrowsAsync<SocketException>(() => GreetingAsync(postfix.Port));
        Assert.False(File.Exists(postfix.CaFile));
    }

    [Fact]
    public async Task The_faulty_server_has_a_port_for_each_fault()
    {
        await using var faulty = await FaultySmtpServer.StartAsync();

        Assert.StartsWith("220 faults.test", await GreetingAsync(faulty.PortOf(SmtpFault.None)), StringComparison.Ordinal);
        Assert.StartsWith("421 ", await GreetingAsync(faulty.PortOf(SmtpFault.Busy)), StringComparison.Ordinal);
        Assert.StartsWith("220 ", await GreetingAsync(faulty.PortOf(SmtpFault.CutAfterAcceptance)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sink_greets_and_keeps_what_it_takes_when_asked_to()
    {
        await using var sink = await SmtpSink.StartAsync(keep: true);

        await SendAsync(
            sink.Port, "HELO spec", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "DATA",
            "Subject: kept\r\n\r\nhello\r\n.", "QUIT");

        var file = Assert.Single(Directory.GetFiles(sink.MessageFolder));
        Assert.Contains("Subject: kept", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    static Task<string> GreetingAsync(int port) => SendAsync(port);

    /// <summary>Sends each line after the reply to the one before, and gives the last reply.</summary>
    static async Task<string> SendAsync(int port, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        var reply = await reader.ReadLineAsync() ?? "";
        foreach (var line in lines)
        {
            await writer.WriteLineAsync(line);
            reply = await reader.ReadLineAsync() ?? "";
        }
        return reply;
    }

    static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
