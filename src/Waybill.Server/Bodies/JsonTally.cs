namespace Waybill.Server.Bodies;

/// <summary>
/// Counts what JSON text is made of while it comes, in pieces of any size, before anything is built of it. It judges no grammar: of text
/// that is no JSON it counts something, and the reader refuses it afterwards.
/// </summary>
/// <param name="hasAttachments">
/// Whether to look for the contents of attachments: they are long, and cost less than text. Such a content is a text, or the array that
/// JSON.stringify makes of a Buffer in node, <c>{"type":"Buffer","data":[1,2,3]}</c>.
/// </param>
internal sealed class JsonTally(bool hasAttachments)
{
    /// <summary>How deep JSON may go.</summary>
    public const int Deepest = 32;

    const int LongestName = 11; // attachments

    readonly Level[] levels = new Level[Deepest + 1];
    readonly byte[] name = new byte[LongestName];
    List<(int Start, int End)>? buffers;
    State state;
    int depth, position, named, bufferDepth, bufferStart;
    bool isName, isContent;

    /// <summary>Names, values, brackets and braces so far; the numbers of a Buffer's octets are not among them.</summary>
    public int Tokens { get; private set; }

    /// <summary>Octets so far that are the contents of attachments.</summary>
    public int ContentOctets { get; private set; }

    /// <summary>Octets so far that are not.</summary>
    public int TextOctets => position - ContentOctets;

    /// <summary>Whether it went deeper than <see cref="Deepest"/>; nothing is counted from there on.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Whether a Buffer's array has begun and not ended.</summary>
    public bool IsInsideBuffer => bufferDepth > 0;

    /// <summary>Where Buffers' arrays begin and end, brackets included.</summary>
    public IReadOnlyList<(int Start, int End)> Buffers => buffers ?? [];

    /// <summary>Counts the next piece.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        for (var i = 0; i < piece.Length && !IsTooDeep;)
        {
            var taken = state == State.Text ? TakeText(piece[i..]) : TakeOne(piece[i]);
            if (isContent || bufferDepth > 0) ContentOctets += taken;
            if (state == State.Between) isContent = false;
            (i, position) = (i + taken, position + taken);
        }
    }

    int TakeText(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        var inside = end < 0 ? rest : rest[..end];
        if (isName) Remember(inside);
        if (end < 0) return rest.Length;
        if (rest[end] == '\\') BeginEscape();
        else EndText();
        return end + 1;
    }

    /// <summary>A name with escapes is none that is looked for.</summary>
    void BeginEscape()
    {
        state = State.Escape;
        named = LongestName + 1;
    }

    void EndText()
    {
        state = State.Between;
        if (isName) levels[depth].Name = Called();
    }

    int TakeOne(byte octet)
    {
        switch (octet)
        {
            case var _ when state == State.Escape:
                state = State.Text;
                break;
            case (byte)'"':
                BeginText();
                break;
            case (byte)'{' or (byte)'[':
                Open(octet == '{');
                break;
            case (byte)'}' or (byte)']':
                Close();
                break;
            case (byte)',' or (byte)':':
                (state, levels[depth].ExpectsName) = (State.Between, octet == ',');
                break;
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                state = State.Between;
                break;
            case var _ when state == State.Between:
                state = State.Bare;
                if (bufferDepth == 0 || depth != bufferDepth) Tokens++;
                break;
        }

        return 1;
    }

    void BeginText()
    {
        Tokens++;
        (state, named) = (State.Text, 0);
        isName = levels[depth] is { IsObject: true, ExpectsName: true };
        isContent = hasAttachments && !isName && IsAttachment(depth) && levels[depth].Name == Name.Content;
    }

    void Open(bool isObject)
    {
        Tokens++;
        state = State.Between;
        if (depth == Deepest)
        {
            IsTooDeep = true;
            return;
        }

        var isBuffer = hasAttachments && !isObject && bufferDepth == 0 && levels[depth].Name == Name.Data && levels[depth].IsObject
            && IsAttachment(depth - 1) && levels[depth - 1].Name == Name.Content;
        levels[++depth] = new Level { IsObject = isObject, ExpectsName = isObject };
        if (isBuffer) (bufferDepth, bufferStart) = (depth, position);
    }

    void Close()
    {
        Tokens++;
        state = State.Between;
        if (depth == 0) return;
        if (depth == bufferDepth)
        {
            (buffers ??= []).Add((bufferStart, position + 1));
            bufferDepth = 0;
        }

        depth--;
    }

    /// <summary>Whether a level is an item of an email's <c>attachments</c>; the email is the whole body, or an item of it.</summary>
    bool IsAttachment(int level) => level is 3 or 4
        && levels[level].IsObject && !levels[level - 1].IsObject && levels[level - 2] is { IsObject: true, Name: Name.Attachments }
        && (level == 3 || !levels[1].IsObject);

    void Remember(ReadOnlySpan<byte> inside)
    {
        if (named + inside.Length <= LongestName) inside.CopyTo(name.AsSpan(named));
        named = Math.Min(named + inside.Length, LongestName + 1);
    }

    Name Called() => !hasAttachments || named > LongestName ? Name.Other : name.AsSpan(0, named) switch
    {
        var one when one.SequenceEqual("attachments"u8) => Name.Attachments,
        var one when one.SequenceEqual("content"u8) => Name.Content,
        var one when one.SequenceEqual("data"u8) => Name.Data,
        _ => Name.Other,
    };

    enum State : byte
    {
        Between,
        Bare,
        Text,
        Escape,
    }

    enum Name : byte
    {
        Other,
        Attachments,
        Content,
        Data,
    }

    struct Level
    {
        public bool IsObject;
        public bool ExpectsName;
        public Name Name;
    }
}
