# Figures for Plotly, as records to be saved as JSON.

const colors = ["rgb(100, 200, 100)" "rgb(100, 100, 200)" "rgb(200, 100, 100)"]

# Three scatter traces, one for each class.
export def class_scatter [
  X: string # Points [N, 2]
  y: string # Labels [N] int64
]: nothing -> list<record> {
  let points = $X | torch value | zip ($y | torch value)
  $colors | enumerate | each {|class|
    let members = $points | where {|p| $p.1 == $class.index } | each {|p| $p.0 }
    {
      type: scatter
      mode: markers
      name: $"class ($class.index)"
      x: ($members | each {|p| $p.0 })
      y: ($members | each {|p| $p.1 })
      marker: {color: $class.item}
    }
  }
}

# The loss over the epochs.
export def loss_curve [
  losses: list<float> # One for each epoch
]: nothing -> list<record> {
  [{type: scatter mode: lines x: (1..($losses | length) | each {|e| $e }) y: $losses}]
}

# The classes of a grid as filled contours in exactly three colours.
export def class_contour [
  grid: record # xs, ys and Z, as class_grid makes them
]: nothing -> record {
  # Each colour spans a third of the scale, without a gradient between.
  let steps = $colors | enumerate | each {|c|
    [[($c.index / 3) $c.item] [(($c.index + 1) / 3) $c.item]]
  }
  {
    type: contour
    x: ($grid.xs | torch value)
    y: ($grid.ys | torch value)
    z: ($grid.Z | torch value)
    colorscale: ($steps | flatten)
    zmin: -0.5
    zmax: 2.5
    contours: {coloring: fill start: 0.5 end: 1.5 size: 1}
    line: {width: 0}
    opacity: 0.4
    showscale: false
  }
}

# A figure with a title, written to `file`.
export def save_figure [
  file: path # The JSON file
  title: string # The figure's title
]: list<record> -> nothing {
  {data: $in layout: {title: {text: $title}}} | to json | save --force --raw $file
}
