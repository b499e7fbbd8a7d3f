using System.Globalization;
using System.Text;
using System.Text.Json;
using Waybill.Templates.Render;

namespace Waybill.Templates.Language;

/// <summary>Reads expressions from the inside of a tag. Whatever is null was told as a problem.</summary>
internal sealed class ExpressionReader(string text, Place start, Problems problems)
{
    const int MaxDepth = 8;
    const int MaxSegments = 16;
    const int MaxArguments = 16;

    static readonly Dictionary<string, Helper> Helpers = new(StringComparer.Ordinal)
    {
        ["date"] = Helper.Date,
        ["money"] = Helper.Money,
        ["default"] = Helper.Default,
    };

    int at;

    public Place Here => start.After(text.AsSpan(0, at));

    public bool IsAtEnd
    {
        get
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            return at == text.Length;
        }
    }

    char Next => at < text.Length ? text[at] : '\0';

    /// <summary>All there is: an operand, or a helper and what it needs.</summary>
    public Expression? ReadWhole()
    {
        var place = Here;
        var read = ReadCallOrOperand(0);
        if (read is not null && !IsAtEnd)
        {
            return Fail(read is Expression.Path path ? NoHelper(path) : "This is more than one value can be: end the tag here.", place);
        }

        return read;
    }

    static string NoHelper(Expression.Path path) => $"There is no helper called {path}: the language has date, money and default.";

    public Expression? ReadOperand() => ReadOperand(0);

    /// <summary>A word such as a name of a partial; null: there is none.</summary>
    public string? ReadName()
    {
        if (IsAtEnd) return null;
        var from = at;
        while (at < text.Length && IsOfName(text[at])) at++;
        return at == from ? null : text[from..at];
    }

    /// <summary>name=value and so on, up to the end.</summary>
    public Named[]? ReadParameters()
    {
        var parameters = new List<Named>();
        while (!IsAtEnd)
        {
            if (ReadParameter(0) is not { } parameter) return null;
            parameters.Add(parameter);
            if (parameters.Count > MaxArguments) return Fail<Named[]>($"More than {MaxArguments} parameters.", Here);
        }

        return [.. parameters];
    }

    /// <summary>Whether a parameter, name=, stands next.</summary>
    public bool IsAtParameter()
    {
        if (IsAtEnd) return false;
        var end = at;
        while (end < text.Length && IsOfName(text[end])) end++;
        return end > at && end < text.Length && text[end] == '=';
    }

    Named? ReadParameter(int depth)
    {
        var place = Here;
        if (!IsAtParameter())
        {
            _ = Fail("Here should stand name=value.", place);
            return null;
        }

        var name = ReadName()!;
        at++;
        return ReadOperand(depth) is { } value ? new Named(name, value) : null;
    }

    Expression? ReadCallOrOperand(int depth)
    {
        var (place, before) = (Here, at);
        if (ReadName() is { } word && Next != '.' && Helpers.TryGetValue(word, out var helper) && !IsAtEnd && Next is not (')' or '='))
        {
            return ReadCall(place, helper, depth);
        }

        at = before;
        return ReadOperand(depth);
    }

    Expression.Call? ReadCall(Place place, Helper helper, int depth)
    {
        var (arguments, options) = (new List<Expression>(), new List<Named>());
        while (!IsAtEnd && Next != ')')
        {
            if (IsAtParameter())
            {
                if (ReadParameter(depth) is not { } option) return null;
                options.Add(option);
            }
            else
            {
                if (ReadOperand(depth) is not { } argument) return null;
                arguments.Add(argument);
            }

            if (arguments.Count + options.Count > MaxArguments) return Fail<Expression.Call>($"More than {MaxArguments} arguments.", place);
        }

        return HelperRules.Complaint(helper, arguments, options) is { } wrong
            ? Fail<Expression.Call>(wrong, place)
            : new(place, helper, [.. arguments], [.. options]);
    }

    Expression? ReadOperand(int depth)
    {
        if (IsAtEnd) return Fail("A path, a text or a number is missing here.", Here);
        return Next switch
        {
            '(' => ReadBracketed(depth),
            '"' or '\'' => ReadText(),
            '@' => ReadFact(),
            _ when char.IsAsciiDigit(Next) || (Next == '-' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])) => ReadNumber(),
            _ => ReadPath(),
        };
    }

    Expression? ReadBracketed(int depth)
    {
        var place = Here;
        if (depth == MaxDepth) return Fail($"Brackets are nested more than {MaxDepth} deep.", place);
        at++;
        var inner = ReadCallOrOperand(depth + 1);
        if (inner is null) return null;
        if (IsAtEnd || Next != ')')
        {
            return Fail(
                inner is Expression.Path path && !IsAtEnd
                    ? NoHelper(path)
                    : "The bracket that opens here is never closed: write ) after it.",
                place);
        }

        at++;
        return inner;
    }

    Expression.Constant? ReadText()
    {
        var place = Here;
        var end = text.IndexOf(text[at], at + 1);
        if (end < 0)
        {
            return Fail<Expression.Constant>("The text that begins here has no end: write the same quotation mark after it.", place);
        }

        var content = text[(at + 1)..end];
        at = end + 1;
        return new(place, Value.Of(content));
    }

    Expression.Constant? ReadNumber()
    {
        var (place, from) = (Here, at++);
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '.' or '-' or '+')) at++;
        var digits = text[from..at];
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return new(place, Value.Of(whole));
        }

        if (IsJsonNumber(digits)) return new(place, Value.Of(JsonElement.Parse(digits)));
        return Fail<Expression.Constant>($"{digits} is no number; if a property is called so, write [{digits}].", place);
    }

    static bool IsJsonNumber(string digits)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(digits));
        try
        {
            return digits.Length <= 40 && reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    Expression? ReadFact()
    {
        var (place, from) = (Here, ++at);
        while (at < text.Length && (IsOfName(text[at]) || text[at] == '.')) at++;
        var name = text[from..at];
        if (MailFacts.ByName.TryGetValue(name, out var fact)) return new Expression.OfMail(place, fact);
        return name switch
        {
            "index" => new Expression.OfLoop(place, LoopFact.Index),
            "first" => new Expression.OfLoop(place, LoopFact.First),
            "last" => new Expression.OfLoop(place, LoopFact.Last),
            "key" => new Expression.OfLoop(place, LoopFact.Key),
            _ =>
                Fail(
                    $"There is no @{name}: there are @index, @first, @last, @key, @locale, @subject, @brand.name and the others of @brand.",
                    place),
        };
    }

    Expression? ReadPath()
    {
        var (place, up) = (Here, 0);
        while (text.AsSpan(at).StartsWith("../"))
        {
            up++;
            at += 3;
        }

        if (up > TemplateLimits.Depth) return Fail($"A path leads at most {TemplateLimits.Depth} contexts up.", place);
        if (text.AsSpan(at).StartsWith("..")) return Parent(place, up);
        if (text.AsSpan(at).StartsWith("./")) at += 2;
        else if (Next == '.') return SkipDot(place, up);
        var segments = new List<PathSegment>();
        while (ReadSegment() is { } segment)
        {
            segments.Add(new(segment));
            if (segments.Count > MaxSegments) return Fail($"A path has at most {MaxSegments} steps.", place);
            if (Next is not ('.' or '/')) return Finish(place, up, segments);
            at++;
        }

        return Fail(Unexpected(), Here);
    }

    Expression.Path Parent(Place place, int up)
    {
        at += 2;
        return new(place, up + 1, []);
    }

    Expression.Path SkipDot(Place place, int up)
    {
        at++;
        return new(place, up, []);
    }

    string? ReadSegment()
    {
        if (Next != '[') return ReadNameHere();
        var end = text.IndexOf(']', at);
        if (end < 0) return null;
        var name = text[(at + 1)..end];
        at = end + 1;
        return name;
    }

    string? ReadNameHere() => at < text.Length && !char.IsWhiteSpace(text[at]) ? ReadName() : null;

    static Expression Finish(Place place, int up, List<PathSegment> segments)
    {
        if (up > 0 || segments.Count > 1) return new Expression.Path(place, up, WithoutThis(segments));
        return segments[0].Name switch
        {
            "true" => new Expression.Constant(place, Value.Of(true)),
            "false" => new Expression.Constant(place, Value.Of(false)),
            "null" or "undefined" => new Expression.Constant(place, default),
            _ => new Expression.Path(place, up, WithoutThis(segments)),
        };
    }

    static PathSegment[] WithoutThis(List<PathSegment> segments) => [.. segments.Skip(segments[0].Name is "this" ? 1 : 0)];

    string Unexpected() => Next switch
    {
        '\0' => "A path ends in the middle: a name is missing here.",
        '~' => "Waybill has no ~ for white space: a block tag on a line of its own takes the line with it.",
        '[' => "The [ that opens here is never closed: write ] after the name.",
        _ => $"{Next} cannot stand here: a path is written a.b.c; a name with other signs in it as a.[b c].",
    };

    static bool IsOfName(char sign) => char.IsLetterOrDigit(sign) || sign is '_' or '-' or '$' || char.IsSurrogate(sign);

    Expression? Fail(string message, Place place) => Fail<Expression>(message, place);

    T? Fail<T>(string message, Place place)
        where T : class
    {
        problems.Refuse(place, message);
        at = text.Length;
        return null;
    }
}
