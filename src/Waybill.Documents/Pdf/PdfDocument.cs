using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using Waybill.Documents.Fonts;

namespace Waybill.Documents.Pdf;

/// <summary>
/// A PDF 1.7 (ISO 32000-1) of text in an embedded font, lines and pictures, tagged for screen readers. The same calls give the same bytes.
/// Build it, then take <see cref="ToBytes"/> once.
/// </summary>
public sealed class PdfDocument
{
    readonly PdfFacts facts;
    readonly PdfBody body = new();
    readonly List<PdfPage> pages = [];
    readonly Dictionary<Face, FontUse> fonts = [];
    readonly Dictionary<Pictures.Picture, int> pictures = [];
    readonly (int Catalog, int Info, int Metadata, int Pages, int Tree) ids;

    /// <summary>Begins a document.</summary>
    public PdfDocument(PdfFacts facts)
    {
        this.facts = facts;
        ids = (body.Reserve(), body.Reserve(), body.Reserve(), body.Reserve(), body.Reserve());
        Root = new Element(body, StructureTag.Document, ids.Tree, said: null);
    }

    /// <summary>What all that is read belongs to.</summary>
    public Element Root { get; }

    /// <summary>A page after those there are.</summary>
    /// <param name="width">In points, of which an inch has 72; A4: 595.276.</param>
    /// <param name="height">In points; A4: 841.89.</param>
    public PdfPage AddPage(double width, double height)
    {
        var page = new PdfPage(this, body.Reserve(), width, height, pages.Count);
        pages.Add(page);
        return page;
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        foreach (var page in pages) page.Finish(body, ids.Pages);
        foreach (var font in fonts.Values) font.Finish();
        foreach (var (picture, id) in pictures) picture.WriteTo(body, id);
        Root.Finish();
        WriteFrame();
        return body.Finish(ids.Catalog, ids.Info, content => SHA256.HashData(content)[..16]);
    }

    internal FontUse Use(Face face)
    {
        if (!fonts.TryGetValue(face, out var use)) fonts.Add(face, use = new FontUse(face, body, $"F{fonts.Count}"));
        return use;
    }

    internal string Use(Pictures.Picture picture)
    {
        if (!pictures.TryGetValue(picture, out var id)) pictures.Add(picture, id = body.Reserve());
        return $"I{id}";
    }

    /// <summary>What a page may name.</summary>
    internal string Resources()
    {
        var named = string.Concat(fonts.Values.SelectMany(font => font.Resources).Select(font => $"/{font.Name} {font.Id} 0 R"));
        var shown = string.Concat(pictures.Values.Select(id => $"/I{id} {id} 0 R"));
        return $"<</Font<<{named}>>{(shown.Length > 0 ? $"/XObject<<{shown}>>" : "")}>>";
    }

    void WriteFrame()
    {
        var parents = string.Join(' ', pages.Select(page => $"{page.Number}[{page.Parents}]"));
        body.Add(ids.Tree, $"<</Type/StructTreeRoot/K {Root.Id} 0 R/ParentTree<</Nums[{parents}]>>/ParentTreeNextKey {pages.Count}>>");
        body.Add(ids.Pages, $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select(page => $"{page.Id} 0 R"))}]>>");
        body.Add(
            ids.Catalog,
            $"<</Type/Catalog/Pages {ids.Pages} 0 R/Lang{PdfText.String(facts.Language)}/MarkInfo<</Marked true>>/StructTreeRoot "
                + $"{ids.Tree} 0 R"
            + $"/ViewerPreferences<</DisplayDocTitle true>>/Metadata {ids.Metadata} 0 R>>");
        body.Add(
            ids.Info,
            $"<</Title{PdfText.String(facts.Title)}/Author{PdfText.String(facts.Author)}/Producer(Waybill)/CreationDate{PdfText.Date(facts.Created)}>>");
        body.AddStream(ids.Metadata, "/Type/Metadata/Subtype/XML", Encoding.UTF8.GetBytes(Metadata()));
    }

    /// <summary>The same again as XMP, which is never compressed, so that others find it (§14.3.2).</summary>
    string Metadata() => string.Create(CultureInfo.InvariantCulture, $"""
        <?xpacket begin="﻿" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Xml(facts.Title)}</rdf:li></rdf:Alt></dc:title>
        <dc:creator><rdf:Seq><rdf:li>{Xml(facts.Author)}</rdf:li></rdf:Seq></dc:creator>
        <dc:language><rdf:Bag><rdf:li>{Xml(facts.Language)}</rdf:li></rdf:Bag></dc:language>
        <xmp:CreateDate>{facts.Created.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</xmp:CreateDate><pdf:Producer>Waybill</pdf:Producer>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        <?xpacket end="r"?>
        """);

    static string Xml(string text) => SecurityElement.Escape(Face.Settled(text));
}
