using System.Reflection;
using Waybill.Testing;

namespace Waybill.Smtp.Specs;

public class The_public_surface
{
    // Run once with WAYBILL_APPROVE=1 to write the file anew, and read the difference before committing it.
    [Fact]
    public void Is_the_one_that_was_approved()
    {
        var types = typeof(SessionPool).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);
        var surface = string.Join('\n', types.Select(Describe)) + "\n";
        var approved = Repository.PathOf("tests/Waybill.Smtp.Specs/PublicApi.approved.txt");
        if (Environment.GetEnvironmentVariable("WAYBILL_APPROVE") == "1") File.WriteAllText(approved, surface);

        Assert.Equal(File.ReadAllText(approved), surface);
    }

    static string Describe(Type type)
    {
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is not Type && !IsNoise(member)).Select(Describe).Order(StringComparer.Ordinal);
        return string.Join('\n', members.Select(member => $"  {member}").Prepend($"{Kind(type)} {type.FullName}"));
    }

    // What the compiler writes for every record, and the accessors that stand behind properties.
    static bool IsNoise(MemberInfo member) => member is MethodBase { IsSpecialName: true, IsConstructor: false }
        || member.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$" or "value__";

    static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name}",
        _ => member.Name,
    };

    static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true } => "closed",
        _ => "sealed",
    };

    static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
