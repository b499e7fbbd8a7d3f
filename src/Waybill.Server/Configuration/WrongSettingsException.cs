namespace Waybill.Server.Configuration;

/// <summary>The start is refused; each line says which setting is wrong and how to mend it.</summary>
internal sealed class WrongSettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public WrongSettingsException(string problem) : this([problem]) { }
}
