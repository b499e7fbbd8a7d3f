using System.Text.Json;
using Waybill.Testing;

namespace Waybill.Templates.Specs;

/// <summary>What compiling and filling one template took: of the time that the thread computed, and of memory.</summary>
internal sealed record Endurance(TimeSpan Time, long Memory)
{
    /// <summary>What is promised.</summary>
    const long MaxMemory = 32 * 1024 * 1024;

    static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(250);

    static readonly JsonElement Data = JsonElement.Parse(
        $$"""{"a": "x", "b": 1, "l": [{{string.Join(',', Enumerable.Repeat("{\"l\": [{\"l\": [1, 2]}]}", 30))}}]}""");

    /// <summary>
    /// Fails unless the template ends in problems with a place, in a refusal with one or in a mail, within what is promised.
    /// </summary>
    public static Endurance Of(string name, TemplateSource source)
    {
        var (result, rendering, took) = Measure(source);
        // A collection of the whole process's garbage may fall on this thread, once.
        for (var again = 0; again < 2 && took.Time >= MaxTime; again++) (result, rendering, took) = Measure(source);

        if (result is Compilation.Refused(var problems))
            Assert.All(problems, problem => Assert.True(IsTold(problem), $"{name}: {problem}"));
        if (rendering is Rendering.Refused stopped) Assert.True(stopped.Line > 0, name);
        if (rendering is Rendering.Rendered mail) Assert.InRange(mail.Html.Length + mail.Text.Length, 0, 2 * 1024 * 1024 + 2);
        Assert.True(took.Time < MaxTime, $"It took {took.Time}: {name}");
        Assert.True(took.Memory < MaxMemory, $"It took {took.Memory / 1024.0 / 1024:0.0} MiB ({result.GetType().Name}): {name}");
        return took;
    }

    static (Compilation Result, Rendering? Rendering, Endurance Took) Measure(TemplateSource source)
    {
        var (began, before) = (ThreadClock.Now, GC.GetAllocatedBytesForCurrentThread());
        var result = TemplateCompiler.Compile(source);
        var rendering = result is Compilation.Compiled(var template, _)
            ? template.Render(Data, Press.Brand, new("en", TimeZoneInfo.Utc))
            : null;
        return (result, rendering, new(ThreadClock.Now - began, GC.GetAllocatedBytesForCurrentThread() - before));
    }

    static bool IsTold(TemplateProblem problem) => problem is { Line: > 0, Column: > 0, Message.Length: > 20 and < 800 };
}
