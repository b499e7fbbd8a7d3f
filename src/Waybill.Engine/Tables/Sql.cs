using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Tables;

/// <summary>
/// A statement, or a piece of one, written as an interpolated string: <c>$"id &lt; {after}"</c>. Each value becomes a parameter, stored as
/// its type is (<see cref="Kind"/>); none becomes text.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sql
{
    readonly List<object> parts;

    /// <summary>For the compiler, which calls it for an interpolated string.</summary>
    public Sql(int literalLength, int formattedCount) => parts = new(literalLength > 0 ? (2 * formattedCount) + 1 : formattedCount);

    /// <summary>A piece without parameters, written in the program.</summary>
    public static Sql Text(string text)
    {
        var sql = new Sql(text.Length, 0);
        sql.AppendLiteral(text);
        return sql;
    }

    /// <summary>For the compiler: what stands between values.</summary>
    public void AppendLiteral(string text) => parts.Add(text);

    /// <summary>For the compiler: another piece, with its parameters.</summary>
    public void AppendFormatted(Sql piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        parts.AddRange(piece.parts);
    }

    /// <summary>For the compiler: a value, which becomes a parameter.</summary>
    public void AppendFormatted<TValue>(TValue value) => parts.Add((Action<Parameters>)(p => Kind<TValue>.Standard.Write(p, value)));

    /// <summary>The text, with <c>$1</c>, <c>$2</c>, … in place of the values.</summary>
    public override string ToString()
    {
        var (text, number) = (new StringBuilder(512), 0);
        foreach (var part in parts)
        {
            if (part is string literal) text.Append(literal);
            else text.Append('$').Append((++number).ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    internal void Bind(Parameters parameters)
    {
        foreach (var part in parts)
            if (part is Action<Parameters> bind) bind(parameters);
    }
}

/// <summary>Runs statements that are written as interpolated strings.</summary>
public static class SqlStatements
{
    /// <summary>Runs a statement and says how many rows it changed.</summary>
    public static ValueTask<int> ExecuteAsync(this Session session, Sql sql) =>
        session.ExecuteAsync(sql.ToString(), sql.Bind, CancellationToken.None);

    /// <summary>Runs a query and maps every row of its answer.</summary>
    public static ValueTask<List<T>> QueryAsync<T>(this Session session, Sql sql, Func<Row, T> map, CancellationToken cancellationToken) =>
        session.QueryAsync(sql.ToString(), sql.Bind, map, cancellationToken);

    /// <summary>Runs a query and maps its first row; <c>default</c> when there is none.</summary>
    public static ValueTask<T?> FirstAsync<T>(this Session session, Sql sql, Func<Row, T> map, CancellationToken cancellationToken) =>
        session.FirstAsync(sql.ToString(), sql.Bind, map, cancellationToken);
}
