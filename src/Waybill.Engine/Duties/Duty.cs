using Waybill.Engine.Storage;

namespace Waybill.Engine.Duties;

/// <summary>Work that runs again and again on a timer.</summary>
/// <param name="Name">Lower-case letters, digits, dots and dashes, at most 60, e.g. <c>racketbook.files</c>. The health page and the log
/// show it.</param>
/// <param name="Interval">The time from one start to the next. A time that was missed is made up once.</param>
/// <param name="Work">
/// One run. It writes through the database that it is given: under a term each of those writes is refused once the term is lost. It ends
/// soon after its token is cancelled: at the limit, when the term is lost, or when the server stops.
/// </param>
/// <param name="UnderTerm">True: on one node at a time, under a term. False: on every node, as often as there are nodes.</param>
public sealed record Duty(string Name, TimeSpan Interval, Func<IDatabase, CancellationToken, Task> Work, bool UnderTerm)
{
    const int LongestName = 60;

    /// <summary>The longest that one run may take: 10 minutes.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What is wrong with it; null: nothing.</summary>
    public string? Objection => this switch
    {
        { Name.Length: 0 or > LongestName } => $"The name of a duty has 1 to {LongestName} characters, and '{Name}' has {Name.Length}.",
        _ when Name.FirstOrDefault(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-')) is not '\0' =>
            $"The name of the duty '{Name}' may have lower-case letters, digits, dots and dashes only.",
        _ when Interval <= TimeSpan.Zero => $"The interval of the duty '{Name}' is {Interval}; it must be longer than nothing.",
        _ when Limit <= TimeSpan.Zero => $"The limit of the duty '{Name}' is {Limit}; it must be longer than nothing.",
        _ => null,
    };
}
