using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Waybill.Books.Reading;

namespace Waybill.RacketBook.Specs.Reading;

public class Reading_what_is_asked
{
    static readonly Gen<JsonNode?> Values = Gen.OneOf(
        Gen.Constant<JsonNode?>(null),
        ArbMap.Default.GeneratorFor<bool>().Select(value => (JsonNode?)value),
        ArbMap.Default.GeneratorFor<int>().Select(value => (JsonNode?)value),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(value => (JsonNode?)value.Get),
        Gen.Elements("2026-04-21", "25.50", " 7 ", "1,5", "true", "on", "", "  ", "ann@example.org", "en", "\u0000", "\ud83c\udfbe")
            .Select(value => (JsonNode?)value),
        Gen.Constant<JsonNode?>(null).Select(_ => (JsonNode?)new JsonArray("a", 1)),
        Gen.Constant<JsonNode?>(null).Select(_ => (JsonNode?)new JsonObject { ["a"] = "b" }));

    static readonly Action<Fields>[] Readers =
    [
        fields => fields.Text("x", 10), fields => fields.Line("x", 10), fields => fields.Name("x", 10),
        fields => fields.Number("x", 0, 100), fields => fields.Day("x"), fields => fields.Id("x"), fields => fields.Flag("x"),
        fields => fields.Choice("x", "en", "de"), fields => fields.Whole("x", 1, 9), fields => fields.Real("x", out _),
        fields => fields.Texts("x", 3, 10), fields => fields.Objects("x", 3), fields => fields.Pairs("x", 3, 10), fields => fields.Has("x"),
        fields => fields.HasValue("x"), fields => fields.IsCleared("x"),
    ];

    [Fact]
    public void Whatever_stands_in_a_field_no_reader_throws_and_each_says_at_most_one_thing() => Prop.ForAll(
        Values.ToArbitrary(), Gen.Elements(Readers).ToArbitrary(), Gen.Elements(true, false).ToArbitrary(), (value, read, isExact) =>
        {
            var fields = Of(value, isExact);
            var before = fields.Faults.Count;
            read(fields);
            return fields.Faults.Count <= before + 1 && fields.Faults.All(fault => fault.Field == "x");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_that_is_read_exactly_comes_as_it_stands_or_is_told_to_be_too_long() => Prop.ForAll<NonNull<string>>(text =>
    {
        var fields = Of(text.Get, isExact: true);
        return text.Get.Length <= 10
            ? fields.Text("x", 10) == text.Get && fields.Fault is null
            : fields.Text("x", 10) is null && fields.Fault is { Code: "text.long" };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_number_that_was_typed_is_read_back_with_a_point_or_a_comma() => Prop.ForAll(
        Gen.Choose(-999_999, 999_999).Select(cents => cents / 100m).ToArbitrary(), Gen.Elements('.', ',').ToArbitrary(), (number, point) =>
        {
            var fields = Of(number.ToString("0.00", CultureInfo.InvariantCulture).Replace('.', point), isExact: false);
            return fields.Number("x", -10_000, 10_000) == number && fields.Fault is null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_form_and_JSON_that_say_the_same_are_read_alike() => Prop.ForAll<NonNull<string>>(text =>
    {
        var (json, form) = (Of(text.Get, isExact: false), Fields.From(new FormCollection(new() { ["x"] = text.Get })));
        return json.Line("x", 10) == form.Line("x", 10)
            && json.Faults.Select(fault => fault.Code).SequenceEqual(form.Faults.Select(fault => fault.Code));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_nobody_asked_for_is_told_by_its_name()
    {
        var fields = Fields.From(JsonElement.Parse("""{"known": 1, "unknown": 2, "nested": {}}"""));
        fields.Whole("known", 0, 9);

        Assert.Equal(["nested field.type", "unknown field.unknown"], fields.Judged().Select(fault => $"{fault.Field} {fault.Code}"));
    }

    [Fact]
    public void What_is_wrong_inside_is_wrong_with_the_whole_and_says_where()
    {
        var fields = Fields.Exact(JsonElement.Parse("""{"items": [{"name": "a"}, {"name": 7}]}"""));
        var names = fields.Objects("items", 9).Select((item, at) => fields.Within(item, "items", at).Text("name", 9)).ToList();

        Assert.Equal(["a", null], names);
        Assert.Equal("items[1] name text.type", $"{fields.Fault!.Within} {fields.Fault.Field} {fields.Fault.Code}");
    }

    [Fact]
    public void A_body_that_is_no_object_has_no_fields_and_says_so() =>
        Assert.All(["[]", "null", "7", "\"x\""], json => Assert.All([true, false], isExact =>
    {
        var fields = isExact ? Fields.Exact(JsonElement.Parse(json)) : Fields.From(JsonElement.Parse(json));

        Assert.False(fields.Has("x"));
        Assert.Equal("body.object", fields.Fault!.Code);
    }));

    [Fact]
    public void A_page_of_a_list_is_read_or_told_to_be_wrong_whatever_is_asked() => Prop.ForAll(Parameter, Parameter, Parameter, (limit,
        after, before) =>
    {
        var (page, fault) =
            ListPage.Read(
                new QueryCollection(
                    new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>
                    {
                        ["limit"] = limit,
                        ["after"] = after,
                        ["before"] = before
                    }));
        return page is null != fault is null && page is null or { Limit: >= 1 and <= 100 }
            && page is not { After: not null, Before: not null };
    }).QuickCheckThrowOnFailure();

    static readonly Arbitrary<string> Parameter = Gen.OneOf(
        Gen.Elements(
            "", "0", "1", "100", "101", "-1", " 7", "01928374-6574-7392-8192-837465748391", "{01928374-6574-7392-8192-837465748391}"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)).ToArbitrary();

    static Fields Of(JsonNode? value, bool isExact)
    {
        var json = JsonElement.Parse(new JsonObject { ["x"] = value?.DeepClone() }.ToJsonString());
        return isExact ? Fields.Exact(json) : Fields.From(json);
    }
}
