namespace Tidegate.Core.Resources.Shapes;

/// <summary>Is shown a property that has a value, and the path it stands at.</summary>
internal delegate void PropertyVisitor(PropertyShape property, object value, KeyPath path);
