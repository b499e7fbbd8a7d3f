namespace Waybill.Testing.Smtp;

/// <summary>In what pieces octets reach the reader: whoever reads must not care.</summary>
public enum Delivery
{
    /// <summary>All that is there at once.</summary>
    InOneBlit,

    /// <summary>One octet a read.</summary>
    ByteByByte,

    /// <summary>At most one line a read.</summary>
    LineByLine,
}
