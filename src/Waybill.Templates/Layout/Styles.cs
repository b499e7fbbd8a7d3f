namespace Waybill.Templates.Layout;

/// <summary>
/// How the elements of a mail look. Styles stand on the elements, for many mail clients drop a style sheet; the classes are for dark mode,
/// which the sheet in the layout brings to the others.
/// </summary>
internal static class Styles
{
    public const string Sans = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
    public const string Mono = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace";
    public const string Rule = "#d9d4c9";
    public const string Muted = "#5c6470";
    public const string Paper = "#f4f1ea";

    public const string Paragraph = "margin:0 0 16px";
    public const string Item = "margin:0 0 6px";
    public const string Quote = $"margin:0 0 16px;padding:0 16px;color:{Muted}";
    public const string QuoteLine = $"3px solid {Rule}";
    public const string CodeBlock =
        $"margin:0 0 16px;padding:12px "
            + $"16px;background-color:{Paper};border-radius:6px;font-family:{Mono};font-size:14px;line-height:20px;white-space:pre-wrap;word-break:break-word";
    public const string Code =
        $"padding:1px 4px;background-color:{Paper};border-radius:3px;font-family:{Mono};font-size:14px;word-break:break-word";
    public const string Line = $"margin:24px 0;border:0;border-top:1px solid {Rule}";
    public const string Table =
        $"margin:0 0 24px;width:100%;border-collapse:collapse;border-top:1px solid "
            + $"{Rule};font-size:15px;line-height:22px;font-variant-numeric:tabular-nums";
    public const string Cell = $"border-bottom:1px solid {Rule};vertical-align:top";
    public const string Head = $"{Cell};font-weight:600;font-size:14px";
    public const string Label = $"{Cell};width:40%;font-weight:400;font-size:14px;hyphens:auto;-webkit-hyphens:auto;color:{Muted}";

    /// <summary>Numbers stay whole.</summary>
    public const string NumberCell = ";word-break:normal";

    public const string Notice = $"margin:0 0 24px;width:100%;border-collapse:collapse;background-color:{Paper}";
    public const string BigCode =
        $"margin:0 0 24px;padding:16px;background-color:{Paper};border-radius:6px;font-family:{Mono};font-size:20px;line-height:28px;font-weight:600;letter-spacing:1px;text-align:center";
    public const string Picture = "max-width:100%;height:auto;border:0";

    /// <summary>On the narrowest phone, less the margins of the sheet.</summary>
    const int NarrowestSheet = 320;

    const int Gap = 16;

    /// <summary>An amount with its currency, bold, in a font as wide as Verdana.</summary>
    const int RoomOfNumber = 104;

    public static string Heading(int level, bool isFirst) => level switch
    {
        1 => "margin:0 0 16px;font-size:24px;line-height:32px;font-weight:600",
        2 => $"margin:{(isFirst ? 0 : 28)}px 0 12px;font-size:19px;line-height:26px;font-weight:600",
        _ => $"margin:{(isFirst ? 0 : 24)}px 0 8px;font-size:16px;line-height:24px;font-weight:600",
    };

    public static string ListMargin(bool isInner) => isInner ? "6px 0" : "0 0 16px";

    /// <summary>
    /// Of a column of words: they break rather than widen the mail, and a short one is not broken for the sake of a long text beside it.
    /// </summary>
    public static string LeastWidth(int columns, int ofNumbers)
    {
        var room = NarrowestSheet - Gap * (columns - 1) - RoomOfNumber * ofNumbers;
        return FormattableString.Invariant($";min-width:{Math.Clamp(room / Math.Max(1, columns - ofNumbers), 24, 96)}px");
    }
}
