namespace Waybill.RacketBook.Exports;

/// <summary>An amount in francs as decimal text, e.g. <c>45.00</c>, so that no reader makes a binary fraction of it.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class AmountAttribute : Attribute;
