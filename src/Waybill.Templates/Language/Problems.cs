namespace Waybill.Templates.Language;

/// <summary>What was found wrong while one source was compiled.</summary>
internal sealed class Problems(string? locale)
{
    const int MaxMessage = 400;

    readonly List<TemplateProblem> found = [];

    public IReadOnlyList<TemplateProblem> Found => found;

    public bool AreFatal { get; private set; }

    public bool AreTooMany => found.Count >= TemplateLimits.Problems;

    public void Refuse(Place at, string message)
    {
        AreFatal = true;
        Add(at, message, isFatal: true);
    }

    public void Warn(Place at, string message) => Add(at, message, isFatal: false);

    void Add(Place at, string message, bool isFatal)
    {
        if (AreTooMany) return;
        if (message.Length > MaxMessage) message = message[..MaxMessage] + "…";
        var told = at.Within is { } partial ? $"In the partial {partial.Name}, line {at.Line}, column {at.Column}: {message}" : message;
        var place = at.InTemplate();
        var problem = new TemplateProblem(locale, place.Line, place.Column, told, isFatal) { Part = place.Part };
        if (!found.Contains(problem)) found.Add(problem);
    }
}
