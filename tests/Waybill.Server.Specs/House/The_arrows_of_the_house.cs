using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Waybill.Testing;

namespace Waybill.Server.Specs.House;

/// <summary>Who may know whom. The books never see each other, and nobody sees the server.</summary>
public class The_arrows_of_the_house
{
    const string Prefix = "Waybill.";

    static readonly string[] Books = ["RacketBook", "Keysat", "Kyora"];

    static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Mime"] = [],
        ["Smtp"] = ["Mime"],
        ["Documents"] = [],
        ["Templates"] = ["Mime"], // texts hold addresses
        ["Engine"] = ["Mime", "Smtp", "Templates", "Documents"],
        ["Screens"] = ["Mime", "Templates", "Engine"], // the engine's records hold addresses
        ["Books"] = ["Mime", "Screens", "Engine"],
        ["RacketBook"] = ["Mime", "Screens", "Books", "Engine", "Documents"], // clients have addresses
        ["Keysat"] = ["Screens", "Books", "Engine"],
        ["Kyora"] = ["Screens", "Books", "Engine"],
        ["Server"] = ["Mime", "Smtp", "Templates", "Documents", "Engine", "Screens", "Books", .. Books],
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_names_only_those_it_may_know(string project)
    {
        var references = XDocument.Load(Repository.PathOf($"src/{Prefix}{project}/{Prefix}{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)[Prefix.Length..]);

        Assert.Empty(references.Except(Allowed[project], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_uses_only_those_it_may_know(string project)
    {
        using var file = new PEReader(File.OpenRead(AssemblyOf(project)));
        var metadata = file.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]);

        Assert.Empty(references.Except(Allowed[project], StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_has_its_place() =>
        Assert.Empty(Projects().Select(row => row.Data).Except(Allowed.Keys, StringComparer.Ordinal));

    [Fact]
    public void The_engine_really_uses_both_protocol_libraries()
    {
        using var file = new PEReader(File.OpenRead(AssemblyOf("Engine")));
        var metadata = file.GetMetadataReader();
        var references = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToArray();

        Assert.Contains("Waybill.Mime", references);
        Assert.Contains("Waybill.Smtp", references);
    }

    public static IEnumerable<TheoryDataRow<string>> Projects() => Directory.GetDirectories(Repository.PathOf("src"))
        .Select(folder => new TheoryDataRow<string>(Path.GetFileName(folder)[Prefix.Length..]));

    // Their own output, for ours has only what the server uses.
    static string AssemblyOf(string project) => Repository.PathOf(
        $"artifacts/bin/{Prefix}{project}/debug/{(project == "Server" ? "waybill" : Prefix + project)}.dll");
}
