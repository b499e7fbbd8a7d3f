using System.Security.Cryptography;
using System.Text;

namespace Waybill.Engine.Secrets;

/// <summary>
/// The keys that secrets at rest are sealed with and that others are derived from. They are kept in the database, each sealed with the
/// <see cref="MasterKey"/>. Sealed values name their key, so that an old one still opens what it sealed after a new one took over; what is
/// derived comes from one that never changes, for links in mails and the audit outlive every other.
/// </summary>
public sealed class DataKeys
{
    readonly byte[] root;
    volatile IReadOnlyList<SealingKey> held;

    /// <param name="root">What other keys are derived from: the pseudorandom key of HKDF.</param>
    /// <param name="held">The one that seals, then all others that open.</param>
    internal DataKeys(byte[] root, IReadOnlyList<SealingKey> held) => (this.root, this.held) = (root, held);

    /// <summary>
    /// The keys of a database from before it had any: its values were sealed with the master keys themselves, and others derived from the
    /// oldest of them.
    /// </summary>
    public static DataKeys FromMaster(MasterKey master) => new(RootOf(master), master.Keys);

    /// <summary>The one that seals, then all others that open.</summary>
    internal IReadOnlyList<SealingKey> Held => held;

    internal byte[] Root => root;

    /// <summary>Seals a secret with the current key. <paramref name="context"/> binds it to its place: it opens nowhere else.</summary>
    public byte[] Seal(ReadOnlySpan<byte> secret, string context) => held[0].Seal(secret, context);

    /// <summary>Opens what <see cref="Seal"/> sealed.</summary>
    /// <exception cref="CryptographicException">It was altered, belongs elsewhere, or its key is not among ours.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, string context) => SealingKey.Open(held, box, context);

    /// <summary>A key of 32 bytes for one purpose, the same on every node, after every start and under every master key.</summary>
    public byte[] Derive(string purpose)
    {
        var derived = new byte[32];
        HKDF.Expand(HashAlgorithmName.SHA256, root, derived, Encoding.UTF8.GetBytes("waybill " + purpose));
        return derived;
    }

    internal static byte[] RootOf(MasterKey master) => HKDF.Extract(HashAlgorithmName.SHA256, master.Keys[^1].Bytes, salt: null);

    /// <summary>Goes on with these.</summary>
    internal void Replace(IReadOnlyList<SealingKey> keys) => held = keys;
}
