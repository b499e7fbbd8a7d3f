using Waybill.Bench.Measuring;
using Waybill.Bench.Rows;

var asked = Asked.Read(args);
foreach (var row in asked.Rows)
{
    Progress.Tell($"-- {row} on {asked.Database}");
    Console.WriteLine(await (row switch
    {
        "accept" => new AcceptRow(asked).MeasureAsync(delivers: true),
        "accept-only" => new AcceptRow(asked).MeasureAsync(delivers: false),
        "relay" => new RelayRow(asked).MeasureAsync(),
        "relay-template" => new RelayRow(asked, isTemplated: true).MeasureAsync(),
        "idle" => new IdleRow(asked).MeasureAsync(),
        "start" => new StartRow(asked).MeasureAsync(),
        "events" => new EventsRow(asked).MeasureAsync(),
        "compose" => ComposeRow.MeasureAsync(asked),
        "template" => TemplateRow.MeasureAsync(asked, "handlebars_marked.mjs", "handlebars and marked"),
        "template-python" => TemplateRow.MeasureAsync(asked, "jinja2_markdown.py", "jinja2 and markdown"),
        "send" => SendRow.MeasureAsync(asked),
        "strung" => new StrungRow(asked).MeasureAsync(),
        "receipt" => ReceiptRow.MeasureAsync(asked),
        "xlsx" => ExportRow.MeasureWorkbookAsync(asked),
        "json" => ExportRow.MeasureJsonAsync(asked, "dump"),
        "json-dumps" => ExportRow.MeasureJsonAsync(asked, "dumps"),
        _ => throw new ArgumentException($"No row is called {row}.", nameof(args)),
    }));
}
