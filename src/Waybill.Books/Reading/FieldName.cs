namespace Waybill.Books.Reading;

/// <summary>A field that a fault's sentence names beside its own: an API says its name, a form what people call it.</summary>
public readonly record struct FieldName(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
