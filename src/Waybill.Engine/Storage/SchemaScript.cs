using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Engine.Storage;

/// <summary>One numbered script of one module, e.g. <c>engine/0001-first-light.sql</c>.</summary>
public sealed record SchemaScript(string Module, int Number, string Name, string Sql)
{
    /// <summary>Fixed once the script has run anywhere: an edited script is a defect, and the runner says so.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Sql));

    /// <summary>The scripts that an assembly carries under <c>Storage/Schema/</c>, in order, as this database reads them.</summary>
    /// <exception cref="FormatException">A script is not in that folder itself, or says what no database understands.</exception>
    public static IReadOnlyList<SchemaScript> Embedded(Assembly assembly, string module, string provider)
    {
        const string folder = "Storage/Schema/";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, module, name, name[folder.Length..], provider))];
    }

    static SchemaScript Read(Assembly assembly, string module, string resource, string file, string provider)
    {
        if (!int.TryParse(file.AsSpan(0, Math.Min(4, file.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new FormatException($"The schema script {module}/{file} is not named 0001-name.sql: one script is for both databases.");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new(module, number, file, SchemaDialect.Of(provider).Render(reader.ReadToEnd()));
    }
}
