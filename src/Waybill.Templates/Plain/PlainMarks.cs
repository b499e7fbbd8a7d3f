namespace Waybill.Templates.Plain;

/// <summary>
/// Signs between the words of a text part while it is rendered; <see cref="PlainLayout"/> makes lines of them. They are noncharacters,
/// which
/// neither a template nor a value can bring in.
/// </summary>
internal static class PlainMarks
{
    /// <summary>A line ends.</summary>
    public const char Break = '\ufde0';

    /// <summary>A block ends: one blank line follows.</summary>
    public const char Block = '\ufde1';

    /// <summary>
    /// What follows is indented: sign, prefix of the first line, <see cref="Then"/>, prefix of the others (none: blanks), <see
    /// cref="End"/>.
    /// </summary>
    public const char Indent = '\ufde2';

    public const char Then = '\ufde3';

    public const char End = '\ufde4';

    public const char Outdent = '\ufde5';

    /// <summary>Lines stand as they are written until <see cref="Flow"/>.</summary>
    public const char Verbatim = '\ufde6';

    public const char Flow = '\ufde7';

    /// <summary>A table: sign, one letter of l, r, c for each column (f: facts), <see cref="End"/>.</summary>
    public const char Table = '\ufde8';

    public const char Row = '\ufde9';

    public const char Cell = '\ufdea';

    public const char EndTable = '\ufdeb';

    /// <summary>A line under the one before it, of the sign that follows.</summary>
    public const char Underline = '\ufdec';

    public const string BreakText = "\ufde0";

    public const string BlockText = "\ufde1";
}
