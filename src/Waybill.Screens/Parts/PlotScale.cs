using System.Globalization;
using System.Text;

namespace Waybill.Screens.Parts;

/// <summary>Where values stand in a plot that is 100 units high and 10 wide for each time.</summary>
/// <param name="Top">The value at the upper edge: 1, 2, 5 or 10 times a power of ten.</param>
public sealed record PlotScale(double Top)
{
    /// <summary>Units for each time.</summary>
    public const int Step = 10;

    const int Height = 100;

    /// <summary>The lowest round scale that holds a value.</summary>
    public static PlotScale For(double largest)
    {
        if (largest <= 1) return new(1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        return new(new[] { 1, 2, 5, 10 }.First(factor => factor * power >= largest) * power);
    }

    /// <summary>Upright bars on top of what lies beneath them, as one path.</summary>
    public string Bars(IReadOnlyList<double> values, IReadOnlyList<double> beneath)
    {
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] <= 0) continue;
            path.Append(CultureInfo.InvariantCulture,
                $"M{(i * Step) + 1.5:0.#} {Y(beneath[i]):0.##}V{Y(beneath[i] + values[i]):0.##}h7V{Y(beneath[i]):0.##}z");
        }

        return path.ToString();
    }

    /// <summary>A line through all values.</summary>
    public string Line(IReadOnlyList<double> values) => string.Join(
        ' ', values.Select((value, i) => string.Create(CultureInfo.InvariantCulture, $"{(i * Step) + (Step / 2)},{Y(value):0.##}")));

    /// <summary>How far below the upper edge a value stands.</summary>
    public double Y(double value) => Height - (value / Top * Height);
}
