using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Waybill.Books;

/// <summary>A setting of a book.</summary>
/// <param name="Name">Section and property, as in <c>Visits:KeepDays</c>.</param>
/// <param name="IsSecret">Whether nobody is shown its value.</param>
public sealed record BookSetting(string Name, bool IsSecret);

/// <summary>The settings of a book: one section of the configuration, bound once at the start to a class.</summary>
public abstract class BookSettings
{
    private BookSettings(string section) => Section = section;

    /// <summary>The section, e.g. <c>Visits</c>.</summary>
    public string Section { get; }

    /// <summary>All of them.</summary>
    public abstract IReadOnlyList<BookSetting> All { get; }

    /// <summary>
    /// Settings of a class: each settable property is one, its initial value the default, and its validation attributes hold. It may be a
    /// string, a number, a boolean, an enum, a Uri or a TimeSpan. One with <see cref="PasswordPropertyTextAttribute"/> is secret.
    /// </summary>
    /// <param name="section">The section of the configuration.</param>
    /// <param name="apply">What the settings change in the book itself; null: nothing. Its classes get the settings from the
    /// container.</param>
    public static BookSettings Of<T>(string section, Func<Book, T, Book>? apply = null) where T : class, new() =>
        new Typed<T>(section, apply, new());

    /// <summary>The book with its settings bound. Each wrong setting adds a sentence that names it.</summary>
    public abstract Book Bind(Book book, IConfiguration configuration, ICollection<string> problems);

    internal abstract void AddTo(IServiceCollection services);

    sealed class Typed<T>(string section, Func<Book, T, Book>? apply, T value) : BookSettings(section) where T : class, new()
    {
        static readonly PropertyInfo[] Properties = [.. typeof(T).GetProperties().Where(property => property.CanWrite)];

        public override IReadOnlyList<BookSetting> All { get; } =
            [.. Properties.Select(
                one => new BookSetting(
                    $"{section}:{one.Name}", one.GetCustomAttribute<PasswordPropertyTextAttribute>()?.Password == true))];

        public override Book Bind(Book book, IConfiguration configuration, ICollection<string> problems)
        {
            var bound = new T();
            foreach (var unknown in configuration.GetSection(Section).GetChildren()
                .Where(child => Properties.All(one => !IsCalled(one, child.Key))))
                problems.Add(
                    $"{Section}:{unknown.Key} is no setting of the book {book.Name}; there are {string.Join(", ", All.Select(one => one.Name))}.");
            foreach (var property in Properties)
                if (configuration[$"{Section}:{property.Name}"] is { } text && !string.IsNullOrWhiteSpace(text)
                    && Objection(bound, property, text.Trim()) is { } objection)
                    problems.Add($"{Section}:{property.Name} {objection}");
            return (apply is null ? book : apply(book, bound)) with { Settings = new Typed<T>(Section, apply, bound) };
        }

        internal override void AddTo(IServiceCollection services) => services.AddSingleton(value);

        static bool IsCalled(PropertyInfo property, string name) => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase);

        static string? Objection(T settings, PropertyInfo property, string text)
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            object? read;
            try
            {
                read = type == typeof(Uri)
                    ? new Uri(text, UriKind.Absolute)
                    : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            }
            catch (Exception wrong) when (wrong is FormatException or ArgumentException or NotSupportedException)
            {
                return $"is '{text}'; it must be {Wanted(type)}.";
            }

            var problems = new List<ValidationResult>();
            if (!Validator.TryValidateProperty(read, new(settings) { MemberName = property.Name, DisplayName = "it" }, problems))
                return $"is '{text}': {problems[0].ErrorMessage}";
            property.SetValue(settings, read);
            return null;
        }

        static string Wanted(Type type) => type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(Uri) => "an address like https://example.org",
            _ when type == typeof(TimeSpan) => "a time like 00:10:00",
            { IsEnum: true } => string.Join(", ", Enum.GetNames(type)),
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ => string.Create(CultureInfo.InvariantCulture, $"a {type.Name}"),
        };
    }
}
