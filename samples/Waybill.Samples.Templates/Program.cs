using System.Text.Json;
using Waybill.Templates;

var file = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "order.shipped.en.md"));
if (FrontMatter.Read("order.shipped", "en", file) is not ({ } source, _)) throw new InvalidDataException("The head of the file is wrong.");
if (TemplateCompiler.Compile(source) is not Compilation.Compiled(var template, _)) throw new InvalidDataException("The template is wrong.");

var data = JsonElement.Parse("""{"name": "Ann <3", "parcels": ["Strings", "Grip"]}""");
if (!BrandColour.TryParse("#b3261e", out var colour, out _)) throw new InvalidDataException("The colour is wrong.");
var mail = template.Render(data, new() { Name = "Court Side", Colour = colour }, new("en", TimeZoneInfo.Utc));
Console.WriteLine(mail is Rendering.Rendered(var subject, _, var text) ? $"{subject}\n\n{text}" : mail);
