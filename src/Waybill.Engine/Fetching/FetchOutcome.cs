namespace Waybill.Engine.Fetching;

/// <summary>What came of fetching an attachment.</summary>
public abstract record FetchOutcome
{
    FetchOutcome() { }

    /// <summary>The whole of it is here.</summary>
    /// <param name="Parts">The bytes in order, in parts of 1 MiB of which the last may be shorter; none if there are no bytes.</param>
    /// <param name="ContentType">A media type, with a charset if the server named one; application/octet-stream if it named none.</param>
    /// <param name="FileName">The last segment of the URL's path, decoded, without separators and invisible characters;
    /// "attachment" if that leaves nothing.</param>
    public sealed record Fetched(IReadOnlyList<ReadOnlyMemory<byte>> Parts, string ContentType, string FileName) : FetchOutcome
    {
        /// <summary>The size of all parts, in bytes.</summary>
        public long Length => Parts.Sum(part => (long)part.Length);
    }

    /// <summary>Nothing is kept.</summary>
    /// <param name="Sentence">Why, for whoever gave the URL. It never holds the URL's query.</param>
    public sealed record NotFetched(string Sentence) : FetchOutcome;
}
