using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Tables;

/// <summary>
/// A table whose rows are records of one type. Each property that can be set is a column by its name in lower case, <c>receipt_number</c>,
/// or by its <see cref="ColumnAttribute"/>; a record within is its columns, with its own name before theirs, or without where it has the
/// attribute and no name. A column that is added is a property that is added, and a line of the schema.
/// </summary>
public sealed class Table<T> where T : class
{
    const string Version = "version";

    readonly string name;
    readonly string? tenant;
    readonly List<Column<T>> columns = [];
    readonly List<(string Path, Action<T> Make)> within = [];
    readonly Lazy<(string Insert, string Update, List<Column<T>> Inserted, List<Column<T>> Updated)> statements;
    readonly Lazy<List<Column<T>>> read;
    string? createdAt;

    /// <summary>A table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tenant">The column of whose a row is; null: rows are nobody's.</param>
    public Table(string name, string? tenant = null)
    {
        (this.name, this.tenant) = (name, tenant);
        AddAll(typeof(T), "", "", (Func<T, T>)(row => row));
        read = new(() => [.. columns.Where(column => column.IsRead)]);
        statements = new(Compose);
        View = new(() => Columns(name), Sql.Text(name), name, tenant is null ? null : who => TenantIs(name, who), Read);
    }

    /// <summary>Its rows, to be read.</summary>
    public View<T> View { get; }

    /// <summary>A property that is stored as a word.</summary>
    public Table<T> Words<TValue>(string property, string column, Func<TValue, string> write, Func<string, TValue> read)
    {
        var kind = new Kind<TValue>((p, value) => p.Text(write(value)), (row, at) => read(row.Text(at)));
        return Replace(property, column, computed: null, kind);
    }

    /// <summary>A property that no column has: it is read as <paramref name="sql"/>, in which <c>{0}</c> is the table.</summary>
    public Table<T> Computed<TValue>(string property, string sql) => Replace(property, property, sql, Kind<TValue>.Standard);

    /// <summary>A column that no property has, and that is written only.</summary>
    public Table<T> Derived<TValue>(string column, Func<T, TValue> value)
    {
        columns.Add(new DerivedColumn<T, TValue>(column, value));
        return this;
    }

    /// <summary>The column that says when a row was written down, where no property does.</summary>
    public Table<T> Created(string column = "created_at")
    {
        createdAt = column;
        return this;
    }

    /// <summary>A property that is no column of this table.</summary>
    public Table<T> Without(string property)
    {
        Drop(property);
        return this;
    }

    /// <summary>Columns that are written with the row and never again.</summary>
    public Table<T> Fixed(params ReadOnlySpan<string> names)
    {
        foreach (var one in names) Named(one).IsFixed = true;
        return this;
    }

    /// <summary>A column whose value, once there is one, stays.</summary>
    public Table<T> Kept(string column)
    {
        Named(column).IsKept = true;
        return this;
    }

    /// <summary>What is read of a row, in the order of <see cref="Read(Row, ref int)"/>.</summary>
    /// <param name="alias">What the statement calls the table.</param>
    public Sql Columns(string alias) => Sql.Text(string.Join(", ", read.Value.Select(column => column.Computed is { } sql
        ? $"({string.Format(CultureInfo.InvariantCulture, sql, alias)})"
        : $"{alias}.{column.Name}")));

    /// <summary>The condition that a row is a tenant's.</summary>
    /// <exception cref="ArgumentException">No tenant is named, or rows of this table are nobody's.</exception>
    public Sql TenantIs(string alias, TenantId who)
    {
        if (who == TenantId.Everybody || tenant is null)
            throw new ArgumentException($"No tenant is bound: nothing of {name} is read without one.", nameof(who));
        return $"{Sql.Text($"{alias}.{tenant}")} = {who}";
    }

    /// <summary>Reads a row whose columns begin at <paramref name="at"/>, which then stands after them.</summary>
    public T Read(Row row, ref int at)
    {
        var made = Made<T>.New();
        foreach (var (_, make) in within) make(made);
        foreach (var column in read.Value) column.Read(row, at++, made);
        return made;
    }

    /// <summary>The same of a table that is joined from the left: null when there is no row, which has no id.</summary>
    public T? ReadOrNull(Row row, ref int at)
    {
        if (!row.IsNull(at)) return Read(row, ref at);
        at += read.Value.Count;
        return null;
    }

    /// <summary>Adds a row of a tenant's.</summary>
    /// <param name="session">The unit's.</param>
    /// <param name="owner">Whose it is, whatever the record says.</param>
    /// <param name="row">The row.</param>
    /// <param name="at">The present time, where the table keeps when a row was written down and the record does not.</param>
    public async ValueTask InsertAsync(Session session, TenantId owner, T row, DateTimeOffset? at = null) =>
        await InsertAsync(session, owner, row, at, "");

    /// <summary>Adds a row of a tenant's; false when one is there that it may not stand beside.</summary>
    public async ValueTask<bool> TryInsertAsync(Session session, TenantId owner, T row) =>
        await InsertAsync(session, owner, row, at: null, " ON CONFLICT DO NOTHING") == 1;

    ValueTask<int> InsertAsync(Session session, TenantId owner, T row, DateTimeOffset? at, string otherwise)
    {
        var (insert, _, inserted, _) = statements.Value;
        return session.ExecuteAsync(insert + otherwise, Bind, CancellationToken.None);

        void Bind(Parameters p)
        {
            foreach (var column in inserted) column.Write(p, row);
            if (tenant is not null) p.Id(Bound(owner));
            if (createdAt is not null)
                p.Instant(at ?? throw new ArgumentNullException(nameof(at), $"{name} keeps when a row was written down."));
        }
    }

    /// <summary>Adds a row that is nobody's.</summary>
    public ValueTask InsertAsync(Session session, T row, DateTimeOffset? at = null) => InsertAsync(session, TenantId.Everybody, row, at);

    /// <summary>
    /// Writes a row of a tenant's that was read before. False when somebody else changed it since, or it is not the tenant's.
    /// </summary>
    /// <param name="session">The unit's.</param>
    /// <param name="owner">Whose it is, whatever the record says.</param>
    /// <param name="row">The row.</param>
    /// <param name="and">Another condition; false when it does not hold.</param>
    public async ValueTask<bool> UpdateAsync(Session session, TenantId owner, T row, string? and = null)
    {
        var (_, update, _, updated) = statements.Value;
        return await session.ExecuteAsync(and is null ? update : $"{update} AND ({and})", Bind, CancellationToken.None) == 1;

        void Bind(Parameters p)
        {
            foreach (var column in updated) column.Write(p, row);
            if (tenant is not null) p.Id(Bound(owner));
        }
    }

    /// <summary>Writes a row that is nobody's.</summary>
    public ValueTask<bool> UpdateAsync(Session session, T row) => UpdateAsync(session, TenantId.Everybody, row);

    Guid Bound(TenantId owner) => owner != TenantId.Everybody ? owner.Value
        : throw new ArgumentException($"No tenant is bound: nothing of {name} is written without one.", nameof(owner));

    /// <summary>Reads a row of which nothing else is read.</summary>
    public T Read(Row row)
    {
        var at = 0;
        return Read(row, ref at);
    }

    (string, string, List<Column<T>>, List<Column<T>>) Compose()
    {
        var stored = columns.Where(column => column.Computed is null && column.Name != tenant).ToList();
        List<string> names = [.. stored.Select(column => column.Name), .. new[] { tenant, createdAt }.OfType<string>()];
        var insert =
            $"INSERT INTO {name} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select((_, index) => Number(index + 1)))})";
        var known = stored.Where(column => column.Name is "id" or Version).ToList();
        var set = stored.Where(column => !column.IsFixed).Except(known).ToList();
        List<string> sets = [.. set.Select((column, index) => column.IsKept
            ? $"{column.Name} = coalesce({column.Name}, {Number(index + 1)})"
            : $"{column.Name} = {Number(index + 1)}")];
        if (known.Exists(column => column.Name == Version)) sets.Add($"{Version} = {Version} + 1");
        var where = known.Select(column => column.Name).Concat(new[] { tenant }.OfType<string>())
            .Select((column, index) => $"{column} = {Number(set.Count + index + 1)}");
        var update = $"UPDATE {name} SET {string.Join(", ", sets)} WHERE {string.Join(" AND ", where)}";
        return (insert, update, stored, [.. set, .. known]);

        static string Number(int number) => "$" + number.ToString(CultureInfo.InvariantCulture);
    }

    Column<T> Named(string column) =>
        columns.Find(one => one.Name == column) ?? throw new ArgumentException($"{name} has no column {column}.", nameof(column));

    void Drop(string path)
    {
        columns.RemoveAll(column => IsWithin(column.Path));
        within.RemoveAll(one => IsWithin(one.Path));

        bool IsWithin(string other) => other == path || other.StartsWith(path + ".", StringComparison.Ordinal);
    }

    Table<T> Replace<TValue>(string path, string column, string? computed, Kind<TValue> kind)
    {
        Drop(path);
        if (path.Split('.') is not [var owner, var inner])
        {
            columns.Add(
                new PropertyColumn<T, T, TValue>(path, column, row => row, Property(typeof(T), path), kind) { Computed = computed });
            return this;
        }

        var property = Property(typeof(T), owner);
        typeof(Table<T>).GetMethod(nameof(AddInner), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(property.PropertyType, typeof(TValue))
            .Invoke(this, [property, Property(property.PropertyType, inner), path, column, kind]);
        return this;
    }

    void AddInner<TOwner, TValue>(PropertyInfo owner, PropertyInfo inner, string path, string column, Kind<TValue> kind) => columns.Add(
        new PropertyColumn<T, TOwner, TValue>(path, column, owner.GetMethod!.CreateDelegate<Func<T, TOwner>>(), inner, kind));

    static PropertyInfo Property(Type type, string name) =>
        type.GetProperty(name) ?? throw new ArgumentException($"A {type.Name} has no {name}.", nameof(name));

    void AddAll<TOwner>(Type type, string path, string prefix, Func<T, TOwner> owner)
    {
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            var given = property.GetCustomAttribute<ColumnAttribute>();
            var add = Kind.IsKnown(property.PropertyType) ? nameof(AddOne) : nameof(AddWithin);
            var (at, column) = (path + property.Name, prefix + (given?.Name ?? Kind.Name(property.Name)));
            if (add == nameof(AddWithin) && !IsRecord(property.PropertyType)) continue; // Words says how it is stored
            if (add == nameof(AddWithin)) column = given is { Name: null } ? prefix : column + "_";
            typeof(Table<T>).GetMethod(add, BindingFlags.Instance | BindingFlags.NonPublic)!
                .MakeGenericMethod(typeof(TOwner), property.PropertyType).Invoke(this, [property, at, column, owner]);
        }
    }

    void AddOne<TOwner, TValue>(PropertyInfo property, string path, string column, Func<T, TOwner> owner) =>
        columns.Add(new PropertyColumn<T, TOwner, TValue>(path, column, owner, property, Kind<TValue>.Standard));

    void AddWithin<TOwner, TValue>(PropertyInfo property, string path, string prefix, Func<T, TOwner> owner)
    {
        var (get, set) = (property.GetMethod!.CreateDelegate<Func<TOwner, TValue>>(),
            property.SetMethod!.CreateDelegate<Action<TOwner, TValue>>());
        within.Add((path, row => set(owner(row), Made<TValue>.New())));
        AddAll(typeof(TValue), path + ".", prefix, (Func<T, TValue>)(row => get(owner(row))));
    }

    static bool IsRecord(Type type) => type is { IsClass: true } && type.GetMethod("<Clone>$") is not null;

    /// <summary>A record to read into. One that is made of its parameters alone is made without them.</summary>
    static class Made<TRecord>
    {
        static readonly bool IsEmpty = typeof(TRecord).GetConstructor(Type.EmptyTypes) is not null;

        internal static TRecord New() =>
            IsEmpty ? Activator.CreateInstance<TRecord>() : (TRecord)RuntimeHelpers.GetUninitializedObject(typeof(TRecord));
    }
}
