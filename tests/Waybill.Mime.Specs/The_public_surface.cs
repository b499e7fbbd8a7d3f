using System.Reflection;
using System.Text;
using Xunit;

namespace Waybill.Mime.Specs;

public class The_public_surface
{
    [Fact]
    public async Task Is_the_one_that_was_approved()
    {
        var approved = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "PublicApi.approved.txt"));
        var surface = Describe(typeof(MimeMessage).Assembly);
        if (surface != approved) await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt"), surface);

        Assert.Equal(approved, surface);
    }

    static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            foreach (var member in Members(type)) text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(member => member is not MethodInfo { IsSpecialName: true } && !member.Name.Contains('<', StringComparison.Ordinal))
        .Select(Describe)
        .Order(StringComparer.Ordinal);

    static string Describe(MemberInfo member) => member switch
    {
        PropertyInfo property =>
            $"{property.PropertyType} {property.Name} {{ get; {(property.SetMethod is { IsPublic: true } ? "init; " : "")}}}",
        _ => member.ToString()!,
    };
}
