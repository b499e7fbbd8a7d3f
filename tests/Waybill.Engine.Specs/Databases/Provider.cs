namespace Waybill.Engine.Specs.Databases;

/// <summary>The databases that a contract is specified for once and run on both.</summary>
public enum Provider
{
    Sqlite,
    Postgres,
}
