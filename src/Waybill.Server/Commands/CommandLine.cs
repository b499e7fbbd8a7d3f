using System.CommandLine;
using Waybill.Books;
using Waybill.Books.Verbs;
using Waybill.Server.Hosting;

namespace Waybill.Server.Commands;

/// <summary>
/// The command line: <c>waybill VERB</c>, where <c>serve</c> needs no word. The verbs of the books that are on are among them.
/// </summary>
internal static class CommandLine
{
    /// <summary>Builds the commands. What <c>serve</c> does not know goes to the host, e.g. <c>--urls</c>.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="books">The books in the box.</param>
    public static RootCommand Build(string[] args, IReadOnlyList<Book> books)
    {
        var root =
            new RootCommand(
                "Waybill, a transactional messaging server. Without a verb it serves.")
            { TreatUnmatchedTokensAsErrors = false };
        root.SetAction((_, stop) => ServeCommand.RunAsync(args, books, stop));
        root.Subcommands.Add(Serve(args, books));
        root.Subcommands.Add(Migrate(books));
        root.Subcommands.Add(List(books));
        foreach (var verb in Verbs.Of(Instance.ChosenOf(books))) Add(root, verb, books);
        return root;
    }

    static Command Serve(string[] args, IReadOnlyList<Book> books)
    {
        var serve = new Command(
            "serve",
            "Runs the server (the default). Takes --urls and any setting as --Name=value.")
        { TreatUnmatchedTokensAsErrors = false };
        serve.SetAction((_, stop) => ServeCommand.RunAsync([.. args.SkipWhile(arg => arg != "serve").Skip(1)], books, stop));
        return serve;
    }

    static Command Migrate(IReadOnlyList<Book> books)
    {
        var migrate = new Command("migrate", "Brings the database to this program's schema, and ends.");
        migrate.SetAction((_, stop) => Terminal.RunAsync(async () =>
        {
            await using var instance = await Instance.OpenAsync(Instance.ReadSettings([], books), stop);
            if (instance is null) return VerbAnswer.Refuse("A server is running on this data folder; it migrated when it started.");
            return VerbAnswer.Say(
                [instance.Migrated.Count == 0 ? "The schema is up to date." : $"Ran {string.Join(", ", instance.Migrated)}."]);
        }));
        return migrate;
    }

    static Command List(IReadOnlyList<Book> books)
    {
        var list = new Command("books", "Lists the books that are on, and what each of them brings.");
        list.SetAction(
            (_, _) => Terminal.RunAsync(() => Task.FromResult(VerbAnswer.Say(BookList.Lines(Instance.ReadSettings([], books).Books)))));
        return list;
    }

    /// <summary>Two words are a command in a group.</summary>
    static void Add(RootCommand root, Verb verb, IReadOnlyList<Book> books)
    {
        var words = verb.Name.Split(' ');
        if (words.Length == 1)
        {
            root.Subcommands.Add(Make(words[0], verb, books));
            return;
        }

        var group = root.Subcommands.FirstOrDefault(one => one.Name == words[0]);
        if (group is null) root.Subcommands.Add(group = new Command(words[0], Verbs.DescriptionOf(words[0])));
        group.Subcommands.Add(Make(words[1], verb, books));
    }

    static Command Make(string word, Verb verb, IReadOnlyList<Book> books)
    {
        var command = new Command(word, verb.Description);
        var parameters = verb.Parameters.ToDictionary(parameter => parameter, parameter => AddTo(command, parameter));
        var copy = verb.Name == VerifyVerb.Name ? VerifyVerb.CopyOption() : null;
        if (copy is not null) command.Options.Add(copy);
        command.SetAction((parsed, stop) => Terminal.RunAsync(() => copy is not null && parsed.GetValue(copy) is { } file
            ? Task.FromResult(VerifyVerb.RunOn(file))
            : RunAsync(verb, [.. parameters.Select(one => (one.Key, one.Value(parsed)))], books, stop)));
        return command;
    }

    static async Task<VerbAnswer> RunAsync(
        Verb verb, IReadOnlyList<(VerbParameter Parameter, IReadOnlyList<string> Values)> given, IReadOnlyList<Book> books,
        CancellationToken cancellationToken)
    {
        byte[] file = [];
        if (given.FirstOrDefault(one => one.Parameter is VerbParameter.File) is ({ } parameter, [var path]))
        {
            try
            {
                file = await File.ReadAllBytesAsync(path, cancellationToken);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                return VerbAnswer.Refuse($"The file cannot be read: {unreadable.Message}");
            }
        }

        var values = given.Where(one => one.Parameter is not VerbParameter.File)
            .SelectMany(one => one.Values.Select(value => KeyValuePair.Create(one.Parameter.Name, value)));
        return await VerbRun.RunAsync(verb, [.. values], file, books, cancellationToken);
    }

    /// <summary>What it reads from a line that was parsed.</summary>
    static Func<ParseResult, IReadOnlyList<string>> AddTo(Command command, VerbParameter parameter)
    {
        switch (parameter)
        {
            case VerbParameter.Argument or VerbParameter.File:
                var argument = new Argument<string>(parameter.Name) { Description = parameter.Description };
                command.Arguments.Add(argument);
                return parsed => [parsed.GetValue(argument)!];
            case VerbParameter.Flag:
                var flag = new Option<bool>("--" + parameter.Name) { Description = parameter.Description };
                command.Options.Add(flag);
                return parsed => parsed.GetValue(flag) ? ["true"] : [];
            case VerbParameter.Option { IsList: true } asked:
                var list = new Option<string[]>("--" + parameter.Name) { Description = parameter.Description, Required = asked.IsRequired };
                if (asked.Default is { } alone) list.DefaultValueFactory = _ => [alone];
                command.Options.Add(list);
                return parsed => parsed.GetValue(list) ?? [];
            case VerbParameter.Option asked:
                var option = new Option<string>("--" + parameter.Name) { Description = parameter.Description, Required = asked.IsRequired };
                if (asked.Default is { } standard) option.DefaultValueFactory = _ => standard;
                command.Options.Add(option);
                return parsed => parsed.GetValue(option) is { } value ? [value] : [];
            case var other:
                throw new System.Diagnostics.UnreachableException($"No parameter for {other.GetType().Name}.");
        }
    }
}
