namespace Tidegate.Core.Resources.Shapes;

/// <summary>For whom a value is written.</summary>
internal enum WriteStyle
{
    /// <summary>For storage, hashes and comparisons: keys sorted, every value as it is.</summary>
    Canonical,
    /// <summary>For people: keys in the order of their declaration, plain secrets masked.</summary>
    Shown,
}
