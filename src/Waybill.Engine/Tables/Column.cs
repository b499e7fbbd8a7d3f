using System.Reflection;
using Waybill.Engine.Storage;

namespace Waybill.Engine.Tables;

/// <summary>A column of a table of <typeparamref name="T"/>.</summary>
/// <param name="path">The property, or that of a value within: <c>Main.Maker</c>; empty where no property has it.</param>
/// <param name="name">The column's name.</param>
abstract class Column<T>(string path, string name)
{
    internal string Path => path;

    internal string Name { get; init; } = name;

    /// <summary>What is read in place of a column that is stored; <c>{0}</c> is the table.</summary>
    internal string? Computed { get; init; }

    /// <summary>Whether it is written once, with the row.</summary>
    internal bool IsFixed { get; set; }

    /// <summary>Whether what is there stays, and only nothing is replaced.</summary>
    internal bool IsKept { get; set; }

    /// <summary>Whether it is read.</summary>
    internal virtual bool IsRead => true;

    internal abstract void Write(Parameters p, T row);

    internal abstract void Read(Row row, int at, T into);
}

/// <summary>One that a property has, of the record or of a value within it.</summary>
sealed class PropertyColumn<T, TOwner, TValue>(
    string path, string name, Func<T, TOwner> owner, PropertyInfo property, Kind<TValue> kind) : Column<T>(path, name)
{
    readonly Func<TOwner, TValue> get = property.GetMethod!.CreateDelegate<Func<TOwner, TValue>>();
    readonly Action<TOwner, TValue> set = property.SetMethod!.CreateDelegate<Action<TOwner, TValue>>();

    internal override void Write(Parameters p, T row) => kind.Write(p, get(owner(row)));

    internal override void Read(Row row, int at, T into) => set(owner(into), kind.Read(row, at));
}

/// <summary>One that follows from the rest: written, never read.</summary>
sealed class DerivedColumn<T, TValue>(string name, Func<T, TValue> value) : Column<T>("", name)
{
    internal override bool IsRead => false;

    internal override void Write(Parameters p, T row) => Kind<TValue>.Standard.Write(p, value(row));

    internal override void Read(Row row, int at, T into) => throw new NotSupportedException($"{Name} is not read.");
}
