using System.Diagnostics;

namespace Waybill.Screens.Framing;

/// <summary>How a thing stands. Each tone is a colour, a shape and never without a word.</summary>
public enum Tone
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Under way.</summary>
    Waiting,

    /// <summary>A person should look.</summary>
    Held,

    /// <summary>Went wrong.</summary>
    Bad,

    /// <summary>Kept here and sent nowhere.</summary>
    Captured,

    /// <summary>Deliberately not done.</summary>
    Stopped,
}

/// <summary>The names of tones in the stylesheet.</summary>
public static class Tones
{
    /// <summary>The class that gives the colour.</summary>
    public static string Class(this Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Waiting => "waiting",
        Tone.Held => "held",
        Tone.Bad => "bad",
        Tone.Captured => "captured",
        Tone.Stopped => "stopped",
        _ => throw new UnreachableException($"No class for {tone}."),
    };
}
