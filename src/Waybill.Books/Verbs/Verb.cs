namespace Waybill.Books.Verbs;

/// <summary>
/// A verb of the command line. This one declaration makes its help, its run in a server over the control socket, and its run without one.
/// </summary>
/// <param name="Name">One or two lower-case words, e.g. <c>import visits</c>. Verbs may share a first word.</param>
/// <param name="Description">A sentence for the help.</param>
/// <param name="RunAsync">Does it, where the database is open.</param>
public sealed record Verb(string Name, string Description, Func<VerbCall, CancellationToken, Task<VerbAnswer>> RunAsync)
{
    /// <summary>What it takes.</summary>
    public IReadOnlyList<VerbParameter> Parameters { get; init; } = [];

    /// <summary>Whether it needs the loops that deliver: without a server they run for as long as the verb does.</summary>
    public bool Delivers { get; init; }

    /// <summary>Whether a server finishes it although its caller hung up.</summary>
    public bool OutlivesCaller { get; init; }
}

/// <summary>What a verb takes.</summary>
/// <param name="Name">In lower case, without dashes.</param>
/// <param name="Description">A sentence for the help.</param>
public abstract record VerbParameter(string Name, string Description)
{
    /// <summary>A required word after the verb.</summary>
    public sealed record Argument(string Name, string Description) : VerbParameter(Name, Description);

    /// <summary>A required path after the verb. The file is read where the command line runs; the verb gets its content.</summary>
    public sealed record File(string Name, string Description) : VerbParameter(Name, Description);

    /// <summary><c>--name VALUE</c>.</summary>
    public sealed record Option(string Name, string Description) : VerbParameter(Name, Description)
    {
        /// <summary>Whether the verb cannot do without it.</summary>
        public bool IsRequired { get; init; }

        /// <summary>The value where none is given; null: none.</summary>
        public string? Default { get; init; }

        /// <summary>Whether it may be given several times.</summary>
        public bool IsList { get; init; }
    }

    /// <summary><c>--name</c>: given or not.</summary>
    public sealed record Flag(string Name, string Description) : VerbParameter(Name, Description);
}

/// <summary>A run of a verb.</summary>
/// <param name="Services">The container of the process that runs it.</param>
/// <param name="Values">The values by their parameters; a flag that was given has one.</param>
/// <param name="File">The content of the file; empty where the verb takes none.</param>
public sealed record VerbCall(IServiceProvider Services, ILookup<string, string> Values, byte[] File)
{
    /// <summary>The value of a parameter; null: it was not given.</summary>
    public string? this[string name] => Values[name].FirstOrDefault();

    /// <summary>Whether a flag was given.</summary>
    public bool Has(string flag) => Values.Contains(flag);
}

/// <summary>What a verb answers.</summary>
/// <param name="ExitCode">0: it did what was asked.</param>
/// <param name="Output">For standard output.</param>
/// <param name="Notes">For standard error.</param>
public sealed record VerbAnswer(int ExitCode, byte[] Output, string Notes)
{
    /// <summary>Lines for standard output.</summary>
    public static VerbAnswer Say(IEnumerable<string> lines, int exitCode = 0, string notes = "") =>
        new(exitCode, System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), notes);

    /// <summary>A sentence for standard error.</summary>
    public static VerbAnswer Note(string sentence) => new(0, [], sentence + "\n");

    /// <summary>The verb did nothing, for the reason that the sentence gives.</summary>
    public static VerbAnswer Refuse(string sentence) => new(1, [], sentence + "\n");
}
