using System.Globalization;
using System.Text;

namespace Waybill.Templates.Language;

/// <summary>One step of a path: a property, by its name in UTF-8 as JSON has it, or the index of an item.</summary>
internal sealed record PathSegment(string Name)
{
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);

    public int? Index { get; } = int.TryParse(Name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    public bool IsLength => string.Equals(Name, "length", StringComparison.Ordinal);
}
