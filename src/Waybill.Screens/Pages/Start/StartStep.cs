namespace Waybill.Screens.Pages.Start;

/// <summary>The steps of the first run, in order; each can be skipped.</summary>
public enum StartStep
{
    /// <summary>How mail leaves.</summary>
    Mail,

    /// <summary>Who it speaks for.</summary>
    Brand,

    /// <summary>A test.</summary>
    Test,

    /// <summary>The first API key.</summary>
    Key,
}

/// <summary>The words for steps, in paths and in the database.</summary>
public static class StartSteps
{
    /// <summary>All, in order.</summary>
    public static IReadOnlyList<StartStep> All { get; } = Enum.GetValues<StartStep>();

    /// <summary>The word.</summary>
    public static string Word(this StartStep step) => step.ToString().ToLowerInvariant();

    /// <summary>Its page.</summary>
    public static string Path(this StartStep step) => "/admin/start/" + step.Word();

    /// <summary>The one after it; null after the last.</summary>
    public static StartStep? Next(this StartStep step) => step == StartStep.Key ? null : step + 1;

    /// <summary>The step that a word stands for; the first where it stands for none.</summary>
    public static StartStep Find(string? word) => All.FirstOrDefault(step => step.Word() == word);
}
