namespace Waybill.Screens.Qr;

/// <summary>The check octets of a block: the remainder by a generator over GF(2⁸) with 0x11D (ISO/IEC 18004 §7.5).</summary>
internal static class ReedSolomon
{
    public static byte[] Checks(byte[] data, int count)
    {
        var (generator, rest) = (Generator(count), new byte[count]);
        foreach (var octet in data)
        {
            var factor = (byte)(octet ^ rest[0]);
            for (var n = 0; n < count; n++) rest[n] = (byte)((n + 1 < count ? rest[n + 1] : 0) ^ Product(generator[n], factor));
        }

        return rest;
    }

    /// <summary>(x − 1)(x − 2)(x − 4)… without its leading 1, highest power first.</summary>
    static byte[] Generator(int degree)
    {
        var factors = new byte[degree];
        (factors[^1], var root) = (1, (byte)1);
        for (var n = 0; n < degree; n++, root = Product(root, 2))
            for (var at = 0; at < degree; at++) factors[at] = (byte)(Product(factors[at], root) ^ (at + 1 < degree ? factors[at + 1] : 0));
        return factors;
    }

    static byte Product(byte a, byte b)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * 0x11D);
            product ^= ((b >> bit) & 1) * a;
        }

        return (byte)product;
    }
}
