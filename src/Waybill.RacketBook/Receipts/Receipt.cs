namespace Waybill.RacketBook.Receipts;

/// <summary>
/// All that a receipt shows, as it is printed: it is kept with each emit, so that the paper can be printed again after names, prices and
/// rackets have changed.
/// </summary>
public sealed record Receipt
{
    /// <summary>The form of what is kept; a later one still prints what this one says.</summary>
    public const int Version = 1;

    /// <summary><c>en</c> or <c>de</c>.</summary>
    public required string Locale { get; init; }

    /// <summary>E.g. <c>2026-0042</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Who strung it.</summary>
    public required Business Business { get; init; }

    /// <summary>For whom.</summary>
    public required string Client { get; init; }

    /// <summary>What was strung.</summary>
    public required RacketFacts Racket { get; init; }

    /// <summary>The vertical strings.</summary>
    public required StringSide Main { get; init; }

    /// <summary>The horizontal ones.</summary>
    public required StringSide Cross { get; init; }

    /// <summary>For the work, in francs; null: nothing is charged, as on a self-job.</summary>
    public decimal? Labour { get; init; }

    /// <summary>When it was ordered; null: it was not.</summary>
    public DateOnly? Ordered { get; init; }

    /// <summary>When it was strung.</summary>
    public required DateOnly Strung { get; init; }

    /// <summary>The stiffness that was measured afterwards.</summary>
    public decimal? DynamicTension { get; init; }

    /// <summary>What the client is told.</summary>
    public string? Comment { get; init; }

    /// <summary>
    /// Labour and the strings that the client did not bring; null where nothing has a price. It is reckoned, never typed.
    /// </summary>
    public decimal? Total
    {
        get
        {
            decimal?[] lines = [Labour, Main.Charged, Cross.Charged];
            return lines.All(line => line is null) ? null : lines.Sum(line => line ?? 0);
        }
    }
}

/// <summary>What identifies the stringer's business.</summary>
/// <param name="Name">At most 80 characters.</param>
/// <param name="Lines">Address, telephone, email, web, a line each, as far as they are filled in.</param>
public sealed record Business(string Name, IReadOnlyList<string> Lines);

/// <summary>A racket as it is printed.</summary>
/// <param name="Maker">E.g. Wilson.</param>
/// <param name="Model">E.g. Blade 98.</param>
/// <param name="HeadSize">In square inches, if known.</param>
/// <param name="Pattern">E.g. 16x19, if known.</param>
/// <param name="Serial">Which of several alike, if known.</param>
public sealed record RacketFacts(string? Maker, string Model, decimal? HeadSize = null, string? Pattern = null, string? Serial = null)
{
    /// <summary>Maker and model.</summary>
    public string Name => string.IsNullOrWhiteSpace(Maker) ? Model : $"{Maker} {Model}";
}

/// <summary>The strings of one side.</summary>
/// <param name="Maker">E.g. Babolat.</param>
/// <param name="Model">E.g. RPM Blast.</param>
/// <param name="Gauge">In mm or in US notation.</param>
/// <param name="Tension">In kg.</param>
/// <param name="Price">In francs.</param>
/// <param name="IsClients">Whether the client brought them (BYO): then nothing is charged.</param>
/// <param name="Colour">If it matters.</param>
public sealed record StringSide(
    string? Maker, string? Model, string? Gauge, decimal? Tension, decimal? Price, bool IsClients, string? Colour = null)
{
    /// <summary>What it adds to the total.</summary>
    public decimal? Charged => IsClients ? null : Price;

    /// <summary>Maker and model; empty: nobody wrote them down.</summary>
    public string Name => string.Join(' ', new[] { Maker, Model }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>Whether it is the same string at the same tension: then the paper says so once.</summary>
    public bool IsAs(StringSide other) => this with { Price = null } == other with { Price = null };
}
