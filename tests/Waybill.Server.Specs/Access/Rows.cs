using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Waybill.Server.Specs.Access;

/// <summary>All rows of a tenant in the file of a running server, a hash for each table: what was changed, shows.</summary>
internal static class Rows
{
    /// <summary>What is written because somebody asked, whatever for.</summary>
    static readonly HashSet<string> OfAsking = ["audit", "audit_head", "requests", "sessions"];

    /// <summary>Tables that name their tenant by way of another.</summary>
    static readonly Dictionary<string, string> ByWayOf = new(StringComparer.Ordinal)
    {
        ["tenants"] = "id = $tenant",
        ["racketbook_stringers"] = "id = $tenant",
        ["template_versions"] = "template_id IN (SELECT id FROM templates WHERE tenant_id = $tenant)",
        ["brand_versions"] = "brand_id IN (SELECT id FROM brands WHERE tenant_id = $tenant)",
        ["people"] = "id IN (SELECT person_id FROM memberships WHERE tenant_id = $tenant)",
        ["racketbook_persons"] = "id IN (SELECT person_id FROM racketbook_clients WHERE stringer_id = $tenant)",
    };

    public static Dictionary<string, string> Of(string dataFolder, string tenant)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "waybill.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (table, columns) in Tables(connection))
            if (Which(table, columns) is { } which) found[table] = Hash(connection, table, columns, which, Guid.Parse(tenant));
        return found;
    }

    static List<(string Table, List<string> Columns)> Tables(SqliteConnection connection) =>
    [
        .. Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
            .Where(table => !OfAsking.Contains(table))
            .Select(table => (table, Read(connection, $"SELECT name FROM pragma_table_info('{table}')"))),
    ];

    static string? Which(string table, List<string> columns) =>
        ByWayOf.GetValueOrDefault(table)
        ?? (columns.Contains("tenant_id") ? "tenant_id = $tenant"
        : columns.Contains("stringer_id") ? "stringer_id = $tenant"
        : columns.Contains("message_id") ? "message_id IN (SELECT id FROM messages WHERE tenant_id = $tenant)" : null);

    static string Hash(SqliteConnection connection, string table, List<string> columns, string which, Guid tenant)
    {
        var kept = columns.Where(column => column is not "last_used_at");
        var rows = Read(
            connection, $"SELECT {string.Join(" || '|' || ", kept.Select(column => $"quote({column})"))} FROM {table} WHERE {which}",
            tenant);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Order(StringComparer.Ordinal)))));
    }

    static List<string> Read(SqliteConnection connection, string sql, Guid? tenant = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (tenant is { } id) command.Parameters.AddWithValue("$tenant", id.ToByteArray(bigEndian: true));
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }
}
