using Waybill.Templates.Language;

namespace Waybill.Templates.Plain;

/// <summary>Builds the nodes of text that stands as it is: a subject, a preheader, an author's own text part.</summary>
internal static class PlainWriter
{
    public static void Write(IReadOnlyList<Token> tokens, NodeBuilder builder, Func<string, string> escape)
    {
        foreach (var token in tokens)
        {
            switch (token.Tag)
            {
                case null: builder.Literal(escape(token.Text)); break;
                case Tag.Output output: builder.Print(output); break;
                case Tag.Else other: builder.Else(other); break;
                case Tag.Close close: builder.Close(close); break;
                case Tag.Open or Tag.OpenScope: builder.Open(token.Tag); break;
                case Tag.Use use: Refuse(builder, use.At, use.Name); break;
                case Tag.OpenPart part: Refuse(builder, part.At, part.Name); break;
            }
        }
    }

    static void Refuse(NodeBuilder builder, Place at, string name) =>
        builder.Problems.Refuse(
            at, $"The part {name} stands in the body of a mail, not in a subject, a preheader or a text part of one's own.");
}
