using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Engine.Storage;

/// <summary>One numbered script of one module, e.g. <c>engine/0001-first-light.sql</c>.</summary>
public sealed record SchemaScript(string Module, int Number, string Name, string Sql)
{
    /// <summary>Fixed once the script has run anywhere: an edited script is a defect, and the runner says so.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Sql));

    /// <summary>The scripts that an assembly carries under <c>Storage/Schema/{provider}/</c>, in order.</summary>
    public static IReadOnlyList<SchemaScript> Embedded(Assembly assembly, string module, string provider)
    {
        var folder = $"Storage/Schema/{provider}/";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, module, name, name[folder.Length..]))];
    }

    static SchemaScript Read(Assembly assembly, string module, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new(module, int.Parse(file[..4], System.Globalization.CultureInfo.InvariantCulture), file, reader.ReadToEnd());
    }
}
