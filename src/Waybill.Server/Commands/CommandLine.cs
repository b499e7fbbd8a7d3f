using System.CommandLine;
using Waybill.Engine.Keys;
using Waybill.Engine.Tenancy;

namespace Waybill.Server.Commands;

/// <summary>The command line: <c>waybill VERB</c>, where <c>serve</c> needs no word.</summary>
internal static class CommandLine
{
    /// <summary>Builds the commands. What <c>serve</c> does not know goes to the host, e.g. <c>--urls</c>.</summary>
    public static RootCommand Build(string[] args)
    {
        var root = new RootCommand("Waybill, a transactional messaging server. Without a verb it serves.") { TreatUnmatchedTokensAsErrors = false };
        root.SetAction((_, stop) => ServeCommand.RunAsync(args, stop));
        root.Subcommands.Add(Serve(args));
        root.Subcommands.Add(Migrate());
        root.Subcommands.Add(Keys());
        root.Subcommands.Add(Render());
        root.Subcommands.Add(SendTest());
        root.Subcommands.Add(People());
        root.Subcommands.Add(Audit());
        root.Subcommands.Add(Verify());
        root.Subcommands.Add(Import());
        return root;
    }

    static Command Serve(string[] args)
    {
        var serve = new Command("serve", "Runs the server (the default). Takes --urls and any setting as --Name=value.") { TreatUnmatchedTokensAsErrors = false };
        serve.SetAction((_, stop) => ServeCommand.RunAsync([.. args.SkipWhile(arg => arg != "serve").Skip(1)], stop));
        return serve;
    }

    static Command Migrate()
    {
        var migrate = new Command("migrate", "Brings the database to this program's schema, and ends.");
        migrate.SetAction((_, stop) => MigrateCommand.RunAsync(stop));
        return migrate;
    }

    static Command Keys()
    {
        var name = new Option<string>("--name") { Description = "What the key is called.", DefaultValueFactory = _ => "from the command line" };
        var tenant = new Option<string>("--tenant") { Description = "Whose key it is; a tenant of a new name is made.", DefaultValueFactory = _ => Tenants.First };
        var instance = new Option<bool>("--instance") { Description = "A key for the whole instance, which names its tenant in each request." };
        var scopes = new Option<string[]>("--scope") { Description = $"What it may do: {string.Join(", ", Scope.All)}.", DefaultValueFactory = _ => [Scope.Full] };
        var create = new Command("create", "Makes a key and shows it, once.") { name, tenant, instance, scopes };
        create.SetAction((parsed, stop) => KeysCommand.CreateAsync(
            parsed.GetValue(instance) ? null : parsed.GetValue(tenant), parsed.GetValue(name)!, parsed.GetValue(scopes)!, stop));

        var list = new Command("list", "Lists the keys that work.");
        list.SetAction((_, stop) => KeysCommand.ListAsync(stop));

        var id = new Argument<string>("id") { Description = "The key's id, from the list." };
        var revoke = new Command("revoke", "Revokes a key.") { id };
        revoke.SetAction((parsed, stop) => KeysCommand.RevokeAsync(parsed.GetValue(id)!, stop));
        var rotate = new Command("rotate-master", "Puts a new master key in place of the one that secrets are sealed with, while a server runs.");
        rotate.SetAction((_, stop) => KeysCommand.RotateMasterAsync(stop));
        return new Command("keys", "Makes, lists and revokes API keys, and renews the master key.") { create, list, revoke, rotate };
    }

    static Command Render()
    {
        var id = new Argument<string>("id") { Description = "The message's id." };
        var again = new Option<bool>("--again") { Description = "Compose it anew from what it was written from, and show the difference." };
        var current = new Option<bool>("--current") { Description = "With --again: from the template and the brand as they are now." };
        var render = new Command("render", "Writes the bytes of a message as they were sent, proved by their hash, to standard output.") { id, again, current };
        render.SetAction((parsed, stop) => parsed.GetValue(again) || parsed.GetValue(current)
            ? RenderCommand.AgainAsync(parsed.GetValue(id)!, parsed.GetValue(current), stop)
            : RenderCommand.RunAsync(parsed.GetValue(id)!, stop));
        return render;
    }

    static Command People()
    {
        var address = new Argument<string>("address") { Description = "The email address of their account." };
        var reset = new Command("reset", "Makes a link by which somebody chooses a new password, and shows it, once.") { address };
        reset.SetAction((parsed, stop) => PeopleCommand.ResetAsync(parsed.GetValue(address)!, stop));
        return new Command("people", "Lets people back in.") { reset };
    }

    static Command Import()
    {
        var book = new Argument<string>("book") { Description = "Which book takes it: racketbook." };
        var file = new Argument<string>("file") { Description = "The file." };
        var forWhom = new Option<string>("--for") { Description = "Whose book: the address that they sign in with.", Required = true };
        var apply = new Option<bool>("--apply") { Description = "Do it; without, it is only said what would become of each row." };
        var import = new Command("import", "Takes a file into a book: says what would become of it, and with --apply does it.") { book, file, forWhom, apply };
        import.SetAction((parsed, stop) => ImportCommand.RunAsync(parsed.GetValue(book)!, parsed.GetValue(file)!, parsed.GetValue(forWhom)!, !parsed.GetValue(apply), stop));
        return import;
    }

    static Command Verify()
    {
        var file = new Option<string>("--file") { Description = "A copy of SQLite's file that no server uses, e.g. a backup, instead of the database." };
        var verify = new Command("verify", "Reads the whole database and says whether it is what was written, and the audit what was appended.") { file };
        verify.SetAction((parsed, stop) => parsed.GetValue(file) is { } copy ? VerifyCommand.RunOnAsync(copy) : VerifyCommand.RunAsync(stop));
        return verify;
    }

    static Command Audit()
    {
        var verify = new Command("verify", "Proves that no row of the audit was edited, removed, added or moved in the database.");
        verify.SetAction((_, stop) => AuditCommand.VerifyAsync(stop));
        return new Command("audit", "Proves who did what.") { verify };
    }

    static Command SendTest()
    {
        var to = new Option<string>("--to") { Description = "Who gets it.", Required = true };
        var from = new Option<string>("--from") { Description = "Who it comes from; SMTP_FROM unless given." };
        var test = new Command("send-test", "Sends a test message now and shows what the relay says.") { to, from };
        test.SetAction((parsed, stop) => SendTestCommand.RunAsync(parsed.GetValue(to)!, parsed.GetValue(from), stop));
        return test;
    }
}
