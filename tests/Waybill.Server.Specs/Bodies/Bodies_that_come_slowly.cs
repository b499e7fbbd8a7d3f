using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Waybill.Server.Bodies;
using Waybill.Testing;

namespace Waybill.Server.Specs.Bodies;

public class Bodies_that_come_slowly
{
    static readonly BodyPace Pace = new(TimeSpan.FromSeconds(120), Rate: 16 << 10);

    readonly ManualClock clock = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    readonly Pipe connection = new();

    [Fact]
    public void Have_some_seconds_to_begin() => Assert.Null(Pace.Objection(come: 0, announced: 58_000_000, TimeSpan.FromSeconds(9.9)));

    [Fact]
    public void Are_refused_when_they_are_large_and_below_the_rate()
    {
        Assert.NotNull(Pace.Objection(come: 1_200_000, announced: 2_000_000, TimeSpan.FromSeconds(90)));
        Assert.NotNull(Pace.Objection(come: 1_200_000, announced: null, TimeSpan.FromSeconds(90)));
        Assert.Null(Pace.Objection(come: 1_400_000, announced: 2_000_000, TimeSpan.FromSeconds(90)));
    }

    /// <summary>Memory is kept for what was announced.</summary>
    [Fact]
    public void Have_to_come_faster_the_more_they_announce()
    {
        Assert.NotNull(Pace.Objection(come: 2_300_000, announced: 58_000_000, TimeSpan.FromSeconds(20)));
        Assert.Null(Pace.Objection(come: 2_500_000, announced: 58_000_000, TimeSpan.FromSeconds(20)));
        Assert.Null(Pace.Objection(come: 2_300_000, announced: 10_000_000, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void May_come_by_a_thin_line_when_they_are_small()
    {
        Assert.Null(Pace.Objection(come: 10_000, announced: 20_000, TimeSpan.FromSeconds(40)));
        Assert.NotNull(Pace.Objection(come: 7_000, announced: 20_000, TimeSpan.FromSeconds(40)));
    }

    [Fact]
    public void Have_a_time_in_all_however_they_come()
    {
        Assert.Contains(
            "120 seconds", Pace.Objection(come: 50_000_000, announced: 58_000_000, TimeSpan.FromSeconds(120)), StringComparison.Ordinal);
        Assert.NotNull(Pace.Objection(come: 1, announced: 2, TimeSpan.FromSeconds(120)));
    }

    [Fact]
    public async Task End_though_nothing_comes_at_all()
    {
        var reading = Read(Announcing(58_000_000));

        while (!reading.IsCompleted) await PassAsync(reading);

        Assert.Equal(408, (await Assert.ThrowsAsync<BodyRefusedException>(() => reading)).Error.StatusCode);
    }

    [Fact]
    public async Task End_though_an_octet_comes_every_second()
    {
        var reading = Read(Announcing(58_000_000));

        while (!reading.IsCompleted)
        {
            await connection.Writer.WriteAsync("x"u8.ToArray());
            await PassAsync(reading);
        }

        Assert.Equal(408, (await Assert.ThrowsAsync<BodyRefusedException>(() => reading)).Error.StatusCode);
    }

    [Fact]
    public async Task Are_read_to_their_end_when_they_only_pause()
    {
        var reading = Read(Announcing(10));
        await connection.Writer.WriteAsync("hello"u8.ToArray());
        for (var second = 0; second < 5; second++) await PassAsync(reading);
        await connection.Writer.WriteAsync("world"u8.ToArray());
        await connection.Writer.CompleteAsync();

        Assert.Equal("helloworld", await reading);
    }

    [Fact]
    public async Task Are_whole_however_they_are_cut()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000));
        var reading = Read(Announcing(text.Length));
        foreach (var part in text.Chunk(7_001)) await connection.Writer.WriteAsync(Encoding.ASCII.GetBytes(part));
        await connection.Writer.CompleteAsync();

        Assert.Equal(text, await reading);
    }

    /// <summary>A second goes by; what it wakes gets to run first.</summary>
    async Task PassAsync(Task reading)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        for (var turn = 0; turn < 20 && !reading.IsCompleted; turn++) await Task.Yield();
    }

    static async Task<string> Read(PacedBody body)
    {
        using var reader = new StreamReader(body, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }

    PacedBody Announcing(long length)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentLength = length;
        return new(context, connection.Reader, Pace, budget: null, clock);
    }
}
