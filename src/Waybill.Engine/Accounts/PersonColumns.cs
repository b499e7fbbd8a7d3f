using Waybill.Engine.Storage;

namespace Waybill.Engine.Accounts;

/// <summary>What of a row of <c>people</c> makes a <see cref="Person"/>.</summary>
internal static class PersonColumns
{
    /// <summary>The columns of the table that is called so in the statement.</summary>
    public static string Of(string table) =>
        $"{table}.id, {table}.email, {table}.name, {table}.language, CAST(CASE WHEN {table}.totp_key IS NULL THEN 0 ELSE 1 END AS bigint)";

    /// <summary>Reads them, where the first of them is this one of the row.</summary>
    public static Person Read(Row row, int first) =>
        new(new(row.Id(first)), row.Text(first + 1), row.Text(first + 2), row.Text(first + 3), row.Number(first + 4) == 1);
}
